import { describe, expect, it } from 'vitest'
import { listParameters, type ParameterScope } from '../../../../lib/core/parameters/list-parameters.ts'
import type { ParameterEntry } from '../../../../lib/core/parameters/parameter-entry.ts'
import { catchError } from '../../../fakes/errors.ts'

const origin = { kind: 'ConfigMap', name: 'settings', key: 'log.level' } as const

function entry(text: string, more: Partial<ParameterEntry> = {}): ParameterEntry {
  return { prefix: 'shop', key: 'log.level', origin, bytes: Buffer.from(text), tainted: false, ...more }
}

function list(entries: readonly ParameterEntry[], config: Partial<ParameterScope['config']> = {}) {
  return listParameters(entries, {
    config: {
      aws: { region: 'eu-west-1', tags: {}, replicaRegions: [] },
      secrets: { environment: 'dev' },
      parameters: { type: 'String' },
      ...config,
    },
    target: { account: '1', region: 'eu-west-1' },
    versionKey: new Uint8Array(32),
    tags: { environment: 'dev' },
  })
}

describe('listParameters', () => {
  it('publishes a String under the name of the original controller', () => {
    expect(list([entry('debug')])).toMatchObject([
      { name: 'ssm:/shop/dev/log_level', kind: 'parameter', origin, tags: { environment: 'dev' } },
    ])
    expect(list([entry('x')], { parameters: { type: 'String', path: '/p' } })).toMatchObject([
      { name: 'ssm:/p/log_level' },
    ])
  })

  it('publishes a SecureString where one is asked for, and always where the value was encrypted in Git', () => {
    expect(list([entry('x', { tainted: true })])).toMatchObject([{ kind: 'secure-parameter' }])
    expect(list([entry('x')], { parameters: { type: 'SecureString' } })).toMatchObject([
      { kind: 'secure-parameter' },
    ])
  })

  it('tells versions apart by value, kind and, where it encrypts, key', () => {
    const idOf = (found: ParameterEntry, kmsKeyId?: string) => {
      const aws = { region: 'eu-west-1', tags: {}, replicaRegions: [], ...(kmsKeyId && { kmsKeyId }) }
      return list([found], { aws })[0]?.versionId
    }
    const plain = entry('x')
    const secure = entry('x', { tainted: true })
    expect(idOf(plain)).toBe(idOf(plain, 'alias/k'))
    const different = [idOf(plain), idOf(entry('y')), idOf(secure), idOf(secure, 'alias/k')]
    expect(new Set(different).size).toBe(4)
    expect(idOf(secure)).toBe(idOf(secure, 'alias/aws/ssm'))
  })

  it.each([
    ['ParameterNameInvalid', entry('x', { key: 'a b' })],
    ['ParameterTooLarge', entry('x'.repeat(8_193))],
    ['ParameterValueInvalid', entry('at {{ssm:other}}!')],
    ['SecretEmpty', entry('')],
    ['SecretValueBinary', entry('', { bytes: Uint8Array.of(255) })],
    ['CiphertextLeftOver', entry('ENC[AES256_GCM,data:x]')],
  ])('refuses with %s, naming where the value comes from', (code, refused) => {
    expect(catchError(() => list([refused]))).toMatchObject({
      code,
      data: { from: 'ConfigMap settings: log.level' },
    })
  })
})
