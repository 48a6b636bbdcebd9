import { describe, expect, it } from 'vitest'
import { listCommitParents, readCommitTree } from '../../../../lib/core/git/commit-object.ts'

const tree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

describe('readCommitTree', () => {
  it('reads the tree of a commit', () => {
    expect(readCommitTree(Buffer.from(`tree ${tree}\nauthor A <a@example.com> 0 +0000\n\nx`))).toBe(tree)
  })

  it.each(['', `parent ${tree}\n`, `tree ${tree}`, 'tree x\n'])('refuses %j', (text) => {
    expect(() => readCommitTree(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'GitDataInvalid' }),
    )
  })
})

describe('listCommitParents', () => {
  const tree = `tree ${'1'.repeat(40)}\n`
  const parent = (digit: string) => `parent ${digit.repeat(40)}\n`

  it.each([
    ['none', `${tree}author A\n\nm`, []],
    ['two', `${tree}${parent('2')}${parent('3')}author A\n\nm`, ['2'.repeat(40), '3'.repeat(40)]],
    ['none of those in its message', `${tree}author A\n\n${parent('2')}`, []],
  ])('reads %s', (_, text, parents) => {
    expect(listCommitParents(Buffer.from(text))).toEqual(parents)
  })
})
