import { describe, expect, it } from 'vitest'
import type { Adoption } from '../../../../lib/core/config/config.ts'
import { formatOwner } from '../../../../lib/core/plan/identity/ownership.ts'
import { judgeStanding } from '../../../../lib/core/plan/judge-standing.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'

const ownership = { key: new Uint8Array(32), deployment: 'd', account: '1', region: 'eu-west-1' }
const id = 'm/n/c'
const v1 = '1'.repeat(32)
const live: Live = { name: 'a', current: v1, versions: new Map([[v1, ['AWSCURRENT']]]), tags: {} }
const adopt = [
  { name: 'b', versionId: v1 },
  { name: 'a', versionId: v1 },
]
const mark = (owner = id, name = 'a', scope = ownership) => ({ tags: formatOwner(scope, owner, name) })

const judge = (part: Partial<Live>, adopted: readonly Adoption[] = adopt) =>
  judgeStanding(ownership, { id, adopt: adopted }, { ...live, ...part })

describe('judgeStanding', () => {
  it('knows its own mark', () => {
    expect(judge(mark())).toEqual({ kind: 'ours' })
  })

  it.each([
    ['no mark', { tags: { team: 'x' } }, 'SecretNotOwned', 'not-marked'],
    ['a mark copied from another secret', mark(id, 'b'), 'SecretNotOwned', 'mark-invalid'],
    [
      'a mark under another key',
      mark(id, 'a', { ...ownership, key: new Uint8Array(32).fill(1) }),
      'SecretNotOwned',
      'mark-invalid',
    ],
    ['the mark of another config', mark('m/n/other'), 'SecretOwnedElsewhere', 'other-config'],
    [
      'the mark of another deployment',
      mark(id, 'a', { ...ownership, deployment: 'e' }),
      'SecretOwnedElsewhere',
      'other-deployment',
    ],
    ['a rotation', { ...mark(), managedElsewhere: 'rotation' }, 'SecretManagedElsewhere', 'rotation'],
    ['an owning service', { managedElsewhere: 'service' }, 'SecretManagedElsewhere', 'service'],
    ['a primary elsewhere', { managedElsewhere: 'replica' }, 'SecretManagedElsewhere', 'replica'],
  ] as const)('leaves a secret with %s alone', (_, part, code, because) => {
    const owner = because === 'other-config' ? 'm/n/other' : id
    const whose = code === 'SecretOwnedElsewhere' ? { owner } : {}
    expect(judge(part, [])).toEqual({ kind: 'conflict', code, because, ...whose })
  })

  it.each([
    ['without a mark', {}],
    ['with a mark that is not valid', mark(id, 'b')],
    ['with the mark of another deployment that has another key', mark('x/y/z', 'b')],
    ['scheduled for deletion', { deletionAt: '2026-01-01T00:00:00.000Z' }],
  ])('adopts a listed secret %s', (_, part) => {
    expect(judge(part)).toEqual({ kind: 'adoptable', at: v1 })
  })

  it.each([
    [7, { kind: 'adoptable', at: v1 }],
    [8, { kind: 'conflict', code: 'SecretNotOwned', because: 'adopted-version-differs' }],
  ])('adopts a parameter at its version number, here of an adoption at %i', (version, standing) => {
    const parameter = { number: 7, type: 'String' }
    expect(judge({ name: 'ssm:/a', parameter }, [{ name: 'ssm:/a', version }])).toEqual(standing)
  })

  it('takes no version id for a number, and no number for a version id', () => {
    const differs = { because: 'adopted-version-differs' }
    const parameter = { number: 7, type: 'String' }
    expect(judge({ parameter })).toMatchObject(differs)
    expect(judge({}, [{ name: 'a', version: 7 }])).toMatchObject(differs)
  })

  it('needs no adoption of its own', () => {
    expect(judge(mark())).toEqual({ kind: 'ours' })
  })

  it.each([
    ['another version', { current: '2'.repeat(32) }, 'SecretNotOwned', 'adopted-version-differs'],
    ['the mark of another config', mark('m/n/other'), 'SecretOwnedElsewhere', 'other-config'],
    ['a rotation', { managedElsewhere: 'rotation' }, 'SecretManagedElsewhere', 'rotation'],
    ['a primary elsewhere', { managedElsewhere: 'replica' }, 'SecretManagedElsewhere', 'replica'],
    ['an owning service', { managedElsewhere: 'service' }, 'SecretManagedElsewhere', 'service'],
  ] as const)('does not adopt a listed secret with %s', (_, part, code, because) => {
    const whose = because === 'other-config' ? { owner: 'm/n/other' } : {}
    expect(judge(part)).toEqual({ kind: 'conflict', code, because, ...whose })
  })

  it('does not adopt a listed secret without a version', () => {
    const { current: _, ...bare } = live
    expect(judgeStanding(ownership, { id, adopt }, bare)).toMatchObject({
      because: 'adopted-version-differs',
    })
  })
})
