import { describe, expect, it } from 'vitest'
import { readCommitTree } from '../../../../lib/core/git/commit-object.ts'

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
