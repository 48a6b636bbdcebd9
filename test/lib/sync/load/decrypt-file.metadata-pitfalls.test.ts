import { describe, expect, it } from 'vitest'
import { createAgeKeyService } from '../../../../lib/adapters/keys/age.ts'
import { parseKmsTarget } from '../../../../lib/adapters/keys/kms/target.ts'
import { createPgpKeyService } from '../../../../lib/adapters/keys/pgp.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { parseSopsFile } from '../../../../lib/core/sops/sops-file.ts'
import type { SopsFormat } from '../../../../lib/core/sops/sops-format.ts'
import type { KeyService } from '../../../../lib/ports.ts'
import { decryptTree } from '../../../../lib/sync/load/decrypt-file.ts'
import { createDataKeyUnwrapper } from '../../../../lib/sync/load/unwrap-data-key.ts'
import { openSealed, type Sealing, seal, sealedDataKey, sealFile } from '../../../fakes/seal-file.ts'
import { dataKey, readEncrypted, readKey } from '../../adapters/keys/read-fixture.ts'

async function open(sealing: Sealing): Promise<string> {
  return await openSealed(sealFile(sealing), sealing.format)
}

async function codeOf(sealing: Sealing): Promise<unknown> {
  return await open(sealing).catch((thrown: { code?: string }) => thrown.code)
}

const one = (metadata: Record<string, unknown>, key = 'k'): Sealing => ({
  format: 'json',
  body: `"${key}": "${seal('v', `${key}:`)}"`,
  hashed: 'v',
  metadata,
})

describe('what is easy to get wrong about metadata:', () => {
  it.each([
    ['2026-01-02T03:04:05.678+00:00', '2026-01-02T03:04:05Z'],
    ['2026-01-02T03:04:05.6-07:30', '2026-01-02T03:04:05-07:30'],
  ])('8. lastmodified %s binds the MAC as %s', async (lastmodified, macBoundTo) => {
    expect(await open({ ...one({ lastmodified }), macBoundTo })).toContain('"v"')
    expect(await codeOf(one({ lastmodified }))).toBe('SopsMacInvalid')
  })

  it('8. lastmodified may stand unquoted in YAML, where it is a timestamp', async () => {
    const sealing: Sealing = { format: 'yaml', body: `k: ${seal('v', 'k:')}`, hashed: 'v' }
    const unquoted = sealFile(sealing)
      .toString()
      .replace(/"(2026-[^"]+)"/, '$1')
    expect(unquoted).toContain('"lastmodified":2026-')
    const spaced = unquoted.replace('"lastmodified":', '"lastmodified": ')
    expect(await openSealed(Buffer.from(spaced), 'yaml')).toBe('k: v\n')
  })

  it('10. several documents share one hash and the metadata of the first, and all lose theirs', async () => {
    const first = sealFile({ format: 'yaml', body: `a: ${seal('x', 'a:')}`, hashed: 'xy' }).toString()
    const metadata = first.slice(first.indexOf('sops:'))
    const both = `${first}---\nb: ${seal('y', 'b:')}\n${metadata.replace('3.13.3', 'another')}`
    expect(await openSealed(Buffer.from(both), 'yaml')).toBe('a: x\n---\nb: "y"\n')
    await expect(openSealed(Buffer.from(`---\nb: 1\n---\n${first}`), 'yaml')).rejects.toMatchObject({
      code: 'SopsMetadataMissing',
    })
  })

  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'a parent that a regex matches',
      { encrypted_regex: '^data$' },
      `"data": {"k": "${seal('v', 'data:k:')}"}`,
      'v',
    ],
    ['a match in the middle of a key', { encrypted_regex: 'at' }, `"data": "${seal('v', 'data:')}"`, 'v'],
    ['RE2 with flags', { encrypted_regex: '(?i)DATA' }, `"data": "${seal('v', 'data:')}"`, 'v'],
    ['a parent with the suffix', { unencrypted_suffix: '_x' }, '"a_x": {"k": "v"}', 'v'],
    ['the default suffix', {}, '"a_unencrypted": {"k": "v"}', 'v'],
  ])('11. the rule goes by %s', async (_, metadata, body, hashed) => {
    expect(await open({ format: 'json', body, hashed, metadata })).toContain('"v"')
  })

  const entry = { recipient: 'age1x', enc: 'x' }
  it.each<[string, Record<string, unknown>, number[]]>([
    ['lists that are null, empty or not there', { kms: null, gcp_kms: [], pgp: undefined }, [1]],
    ['key groups beside a list that is not empty', { key_groups: [{ age: [entry] }, { age: [entry] }] }, [1]],
    ['one key group, which is no Shamir', { age: null, key_groups: [{ age: [entry, entry] }] }, [2]],
    [
      'several',
      { age: [], key_groups: [{ age: [entry] }, { age: [entry, entry] }], shamir_threshold: 2 },
      [1, 2],
    ],
  ])('12. keys are read from %s', async (_, metadata, sizes) => {
    const { groups } = parseSopsFile(sealFile(one(metadata)), 'json').metadata
    expect(groups.map(({ length }) => length)).toEqual(sizes)
    expect(await open(one(metadata))).toContain('"v"')
  })

  it.each<[string, KeyService, KeyEntry]>([
    [
      'age',
      createAgeKeyService({
        keys: [readKey('x25519-other.agekey'), readKey('rsa.ssh'), readKey('x25519.agekey')],
      }),
      { kind: 'age', recipient: 'age1another', enc: readEncrypted('x25519.age') },
    ],
    [
      'pgp',
      createPgpKeyService({ keys: [readKey('ecc.pgp.asc'), readKey('rsa.pgp.asc')] }),
      { kind: 'pgp', fingerprint: '0000', enc: readEncrypted('rsa.pgp') },
    ],
  ])('13. every %s key is tried, whatever the label says', async (_, service, labelled) => {
    expect(await service.unwrap(labelled)).toEqual(dataKey)
  })

  it('13. KMS is asked in the region of the ARN, for the key as named, with the context, without the profile', () => {
    const arn = 'arn:aws:kms:ap-south-1:123456789012:alias/a'
    const target = parseKmsTarget({
      kind: 'kms',
      arn,
      context: { a: 'b' },
      awsProfile: 'laptop',
      enc: 'b3du',
    })
    expect(target).toEqual({
      keyArn: arn,
      region: 'ap-south-1',
      context: { a: 'b' },
      ciphertext: Buffer.from('own'),
    })
  })

  it.each<[string, SopsFormat, string, string, string]>([
    [
      'no quotes, blanks or comments in dotenv',
      'dotenv',
      'A_unencrypted= "x" # y',
      ' "x" # y',
      'A_unencrypted= "x" # y\n',
    ],
    ['line feeds in dotenv', 'dotenv', 'A_unencrypted=x\\ny', 'x\ny', 'A_unencrypted=x\\ny\n'],
    ['one CR at the end of a line in dotenv', 'dotenv', 'A_unencrypted=x\r', 'x', 'A_unencrypted=x\n'],
    ['inline comments in INI', 'ini', 'a_unencrypted = x ; y', 'x', '; y\na_unencrypted = x\n'],
    ['backticks in INI', 'ini', 'a_unencrypted = `x; y`', 'x; y', 'a_unencrypted = `x; y`\n'],
  ])('15. flat files have the grammar of sops: %s', async (_, format, body, hashed, printed) => {
    expect(await open({ format, body, hashed })).toBe(printed)
  })

  it.each(['dotenv', 'ini'] as const)('15. line feeds of metadata are escaped in %s', async (format) => {
    const body = format === 'ini' ? `k = ${seal('v', 'DEFAULT:k:')}` : `k=${seal('v', 'k:')}`
    const asked: string[] = []
    const bytes = sealFile({
      format,
      body,
      hashed: 'v',
      metadata: { age: [{ recipient: 'a', enc: 'x\ny\n' }] },
    })
    await decryptTree({ bytes, format }, async (groups) => {
      asked.push(...groups.flat().map(({ enc }) => enc))
      return sealedDataKey
    })
    expect(asked).toEqual(['x\ny\n'])
  })

  it('18. a Shamir part has 33 bytes, its last one is x, and all parts count', async () => {
    const secret = new Uint8Array(32).fill(7)
    const part = (x: number) => Uint8Array.from([...new Uint8Array(32).fill(7 ^ x), x])
    const parts: Record<string, Uint8Array> = { a: part(9), b: part(4), c: part(200), short: secret }
    const service: KeyService = {
      kind: 'age',
      isGranted: () => true,
      unwrap: async ({ enc }) => parts[enc] ?? null,
    }
    const unwrap = createDataKeyUnwrapper({ services: [service] })
    const groups = (...encs: string[]) =>
      encs.map((enc): KeyEntry[] => [{ kind: 'age', recipient: enc, enc }])
    expect(await unwrap(groups('a', 'b'), 2)).toEqual(secret)
    expect(await unwrap(groups('c', 'a', 'b'), 2)).toEqual(secret)
    await expect(unwrap(groups('a', 'short'), 2)).rejects.toMatchObject({ code: 'SopsNoMatchingKey' })
  })
})
