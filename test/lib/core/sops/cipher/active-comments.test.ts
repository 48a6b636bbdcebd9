import { describe, expect, it } from 'vitest'
import { createActiveComments, noComments } from '../../../../../lib/core/sops/cipher/active-comments.ts'
import { createRuleMatcher } from '../../../../../lib/core/sops/cipher/rules.ts'

const encrypts = createRuleMatcher({ kind: 'encrypted_comment_regex', pattern: 'mark' })
const keepsPlain = createRuleMatcher({ kind: 'unencrypted_comment_regex', pattern: 'mark' })

describe('active comments', () => {
  it('reach the next item and what is in it', () => {
    const comments = createActiveComments(noComments, encrypts)
    comments.add('mark')
    const inner = createActiveComments(comments, encrypts)
    expect([comments.matched, inner.matched]).toEqual([true, true])
    inner.clear()
    expect(inner.matched).toBe(true)
    comments.clear()
    expect([comments.matched, inner.matched]).toEqual([false, false])
  })

  it('leave a marker itself readable, and seal the comments after it', () => {
    const comments = createActiveComments(noComments, encrypts)
    expect(['before', 'mark', 'after'].map(comments.add)).toEqual([false, false, true])
  })

  it('leave a marker that ends encryption readable, and the comments after it', () => {
    const comments = createActiveComments(noComments, keepsPlain)
    expect(['before', 'mark', 'after'].map(comments.add)).toEqual([false, true, true])
  })

  it('never match where the rule looks at keys', () => {
    const rule = createRuleMatcher({ kind: 'encrypted_regex', pattern: 'mark' })
    const comments = createActiveComments(noComments, rule)
    expect([comments.add('mark'), comments.matched]).toEqual([false, false])
    comments.clear()
  })
})
