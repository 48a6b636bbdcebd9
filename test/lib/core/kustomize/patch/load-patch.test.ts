import { describe, expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import { loadMergePatches, loadPatch } from '../../../../../lib/core/kustomize/patch/load-patch.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createOverlayTree, loadFiles } from '../../../../fakes/overlay.ts'

const patch = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n'
const overlay = { files: { 'ov/p.yaml': patch, 'ov/empty.yaml': '# none' }, encrypted: ['ov/p.yaml'] }
const tree = createOverlayTree(overlay)
const loader = createLoader({ tree, files: loadFiles(overlay), bytesLimit: 1_000 })
const place = { root: 'ov', file: 'ov/kustomization.yaml', field: 'patches[0]', encrypted: false }

describe('loadPatch', () => {
  it('trims an inline patch and keeps that of a file', () => {
    expect(loadPatch({ patch: '\n x \n' }, loader, place)).toMatchObject({ text: 'x', encrypted: false })
    expect(loadPatch({ path: 'p.yaml' }, loader, place)).toEqual({
      text: patch,
      file: 'ov/p.yaml',
      field: 'patches[0]',
      encrypted: true,
    })
  })

  it.each([{}, { patch: ' ' }, { patch: 'x', path: 'p.yaml' }])('refuses %j', (entry) => {
    expect(codeOf(() => loadPatch(entry, loader, place))).toBe('KustomizationInvalid')
  })

  it('goes on while a file is lacking', () => {
    const empty = createLoader({ tree, files: new Map(), bytesLimit: 10 })
    expect(loadPatch({ path: 'p.yaml' }, empty, place)).toBeNull()
    expect(loadMergePatches(['p.yaml'], empty, place)).toEqual([])
    expect([...empty.lacking]).toEqual(['ov/p.yaml'])
  })
})

describe('loadMergePatches', () => {
  it('takes text and paths', () => {
    expect(loadMergePatches([patch, 'p.yaml'], loader, place)).toHaveLength(2)
  })

  it('refuses what holds none', () => {
    expect(codeOf(() => loadMergePatches(['empty.yaml'], loader, place))).toBe('KustomizePatchFailed')
  })
})
