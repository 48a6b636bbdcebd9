import { describe, expect, it } from 'vitest'
import { createValueCipher } from '../../../../../lib/core/sops/cipher/cipher.ts'
import { createMacHash } from '../../../../../lib/core/sops/cipher/mac.ts'
import { createRuleMatcher } from '../../../../../lib/core/sops/cipher/rules.ts'
import { walkBranch } from '../../../../../lib/core/sops/cipher/tree-walk.ts'
import type { Branch, Comment, Pair } from '../../../../../lib/core/sops/tree.ts'
import { sealValue } from '../../../../fakes/seal-value.ts'

const dataKey = Buffer.alloc(32, 7)
const comment = (text: string): Comment => ({ type: 'comment', text })
const pair = (key: string, text: string): Pair => ({ type: 'pair', key, value: { type: 'str', text } })
const map = (...items: (Pair | Comment)[]): Branch => ({ type: 'map', items })
const seal = (plain: string, additionalData: string, type = 'str') =>
  sealValue(dataKey, plain, { additionalData, type })

function walk(
  branch: Branch,
  kind: Parameters<typeof createRuleMatcher>[0]['kind'],
  pattern: string,
): Branch {
  const tools = {
    cipher: createValueCipher(dataKey),
    hash: createMacHash(false),
    rule: createRuleMatcher({ kind, pattern }),
    macOnlyEncrypted: false,
    isJson: false,
  }
  return walkBranch(tools, branch)
}

describe('walkBranch', () => {
  it('decrypts comments, and keeps those that were never encrypted', () => {
    const branch = map(comment(seal(' a', ':', 'comment')), comment(' plain'), pair('k', seal('v', 'k:')))
    expect(walk(branch, 'unencrypted_suffix', '_x')).toEqual(
      map(comment(' a'), comment(' plain'), pair('k', 'v')),
    )
  })

  it('leaves comments at the top plain where keys say what is encrypted', () => {
    const sealed = seal(' a', ':', 'comment')
    expect(walk(map(comment(sealed)), 'encrypted_regex', '.')).toEqual(map(comment(sealed)))
  })

  it('decrypts what follows a marker that starts encryption, down to the next item', () => {
    const branch = map(
      pair('a', 'plain'),
      comment(' mark'),
      comment(seal(' sealed', ':', 'comment')),
      pair('b', seal('x', 'b:')),
      pair('c', 'plain'),
    )
    expect(walk(branch, 'encrypted_comment_regex', 'mark')).toEqual(
      map(pair('a', 'plain'), comment(' mark'), comment(' sealed'), pair('b', 'x'), pair('c', 'plain')),
    )
  })

  it('keeps plain what follows a marker that ends encryption', () => {
    const branch = map(pair('a', seal('x', 'a:')), comment(' mark'), pair('b', 'plain'))
    expect(walk(branch, 'unencrypted_comment_regex', 'mark')).toEqual(
      map(pair('a', 'x'), comment(' mark'), pair('b', 'plain')),
    )
  })

  it('refuses a comment that decrypts to something else', () => {
    const branch = map(comment(seal('1', ':', 'int')))
    expect(() => walk(branch, 'unencrypted_suffix', '_x')).toThrow(
      expect.objectContaining({ code: 'SopsValueInvalid' }),
    )
  })
})
