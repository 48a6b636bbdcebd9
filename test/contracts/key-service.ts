import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { isSyncError } from '../../lib/core/errors.ts'
import type { KeyEntry, KeyKind } from '../../lib/core/sops/keys/key-entry.ts'
import type { KeyService } from '../../lib/ports.ts'

/** One key service under test, and entries that it meets. */
export interface KeyServiceSubject {
  readonly create: () => KeyService
  /** Opens to `dataKey`, unless the service stands for a kind that is not supported and has none. */
  readonly own: KeyEntry
  readonly dataKey?: Uint8Array
  /** Of the same kind, for keys that the service does not hold; a service that cannot tell has none. */
  readonly foreign?: readonly KeyEntry[]
  /** For a key of the service, and damaged. */
  readonly broken: readonly KeyEntry[]
  /** Of the same kind, and not granted; a service that grants by what it holds has none. */
  readonly forbidden?: readonly KeyEntry[]
  /** Requests that have left for the outside so far. */
  readonly countRequests?: () => number
  /** Texts that no error may show: private keys, tokens. */
  readonly secrets: readonly string[]
}

const entriesByKind: Readonly<Record<KeyKind, KeyEntry>> = {
  age: { kind: 'age', recipient: 'age1x', enc: 'x' },
  kms: { kind: 'kms', arn: 'arn:k', context: {}, enc: 'x' },
  gcp_kms: { kind: 'gcp_kms', resourceId: 'projects/p', enc: 'x' },
  hckms: { kind: 'hckms', keyId: 'r:u', enc: 'x' },
  azure_kv: { kind: 'azure_kv', vaultUrl: 'https://v.test', name: 'n', version: '1', enc: 'x' },
  hc_vault: {
    kind: 'hc_vault',
    vaultAddress: 'https://v.test',
    enginePath: 'sops',
    keyName: 'k',
    enc: 'x',
  },
  pgp: { kind: 'pgp', fingerprint: 'AB', enc: 'x' },
}

/** What every key service promises. */
export function testKeyService(subject: KeyServiceSubject): void {
  const { create, own, dataKey, foreign = [], broken, forbidden = [] } = subject
  const countRequests = subject.countRequests ?? (() => 0)
  const others = Object.values(entriesByKind).filter(({ kind }) => kind !== own.kind)

  describe(`the ${own.kind} key service, as every key service`, () => {
    it('names its kind and grants its own entry', () => {
      const service = create()
      expect(service.kind).toBe(own.kind)
      expect(service.isGranted(own)).toBe(true)
    })

    if (dataKey) {
      it('opens its own entry, also several times at once', async () => {
        const service = create()
        const opened = await Promise.all([service.unwrap(own), service.unwrap(own)])
        expect(opened.map((bytes) => bytes && [...bytes])).toEqual([[...dataKey], [...dataKey]])
      })
    }

    it.each(others)('says null to an entry for $kind', async (entry) => {
      const before = countRequests()
      expect(await create().unwrap(entry)).toBeNull()
      expect(countRequests()).toBe(before)
    })

    it.each(foreign)('says null to an entry for keys that it does not hold', async (entry) => {
      expect(await create().unwrap(entry)).toBeNull()
    })

    it.each(broken)('fails with a code and without a secret when the entry is broken', async (entry) => {
      const error = await create()
        .unwrap(entry)
        .catch((thrown: unknown) => thrown)
      expect(isSyncError(error)).toBe(true)
      expect(isSyncError(error, 'InternalError')).toBe(false)
      assertSilent(error, [...subject.secrets, ...(dataKey ? encodings(dataKey) : [])])
    })

    it.each(forbidden)('refuses what is not granted before anything leaves', async (entry) => {
      const service = create()
      const before = countRequests()
      expect(service.isGranted(entry)).toBe(false)
      await expect(service.unwrap(entry)).rejects.toMatchObject({ code: 'SopsKeyNotGranted' })
      expect(countRequests()).toBe(before)
    })
  })
}

function assertSilent(error: unknown, secrets: readonly string[]): void {
  const stack = error instanceof Error ? error.stack : ''
  const printed = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), stack].join('\n')
  for (const secret of secrets) expect(printed.includes(secret)).toBe(false)
}

function encodings(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes)
  return [buffer.toString('base64'), buffer.toString('hex'), bytes.join(',')]
}
