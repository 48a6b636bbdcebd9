import { expect, it } from 'vitest'
import { followPath } from '../../../../../lib/core/kustomize/files/follow-path.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createOverlayTree, type Overlay } from '../../../../fakes/overlay.ts'

const overlay: Overlay = {
  files: {
    'a/f': 'x',
    'a/to-f': 'f',
    'a/up': '../b',
    'b/g': 'x',
    out: '../../etc',
    abs: '/etc',
    loop: 'loop',
    chain: 'a/to-f',
    unloaded: 'a',
  },
  kinds: {
    'a/to-f': 'symlink',
    'a/up': 'symlink',
    out: 'symlink',
    abs: 'symlink',
    loop: 'symlink',
    chain: 'symlink',
    unloaded: 'symlink',
    sub: 'submodule',
    device: 'other',
    '.git': 'directory',
  },
}

function follow(path: string) {
  const reads: string[] = []
  const reader = {
    tree: createOverlayTree(overlay),
    noteRead: (read: string) => void reads.push(read),
    readLink: (link: string) => (link === 'unloaded' ? null : String(overlay.files[link])),
  }
  return { ...followPath(path, reader, { file: 'k', field: 'x' }), reads }
}

it.each([
  ['a/f', { kind: 'file', path: 'a/f', reads: ['a/f'] }],
  ['a', { kind: 'directory', path: 'a', reads: [] }],
  ['', { kind: 'directory', path: '' }],
  ['a/up/g', { kind: 'file', path: 'b/g', reads: ['a/up', 'b/g'] }],
  ['chain', { kind: 'file', path: 'a/f', reads: ['chain', 'a/to-f', 'a/f'] }],
  ['a/none/x', { kind: 'missing', path: 'a/none/x', reads: ['a/none/x'] }],
  ['a/f/x', { kind: 'missing', path: 'a/f/x' }],
  ['unloaded/f', { kind: 'lacking', reads: ['unloaded'] }],
])('follows %j', (path, expected) => {
  expect(follow(path)).toMatchObject(expected)
})

it.each([
  ['out', 'PathOutsideRepository'],
  ['abs', 'PathOutsideRepository'],
  ['.git/config', 'PathOutsideRepository'],
  ['a/.GIT', 'PathOutsideRepository'],
  ['loop', 'KustomizeCycle'],
  ['sub/x', 'GitSubmoduleUnsupported'],
  ['device', 'KustomizationInvalid'],
])('refuses %s', (path, code) => {
  expect(codeOf(() => follow(path))).toBe(code)
})
