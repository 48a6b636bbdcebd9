import { describe, expect, it } from 'vitest'
import type { SkippedKey } from '../../../../lib/adapters/keys/local/key-text.ts'
import { createPgpKeyService } from '../../../../lib/adapters/keys/pgp.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { testKeyService } from '../../../contracts/key-service.ts'
import { dataKey, readEncrypted, readKey } from './read-fixture.ts'

function readEntry(name: string): KeyEntry {
  return { kind: 'pgp', fingerprint: 'a label that is never compared', enc: readEncrypted(name) }
}

/** The entry with one character of its last line of data exchanged, and without the checksum that would tell. */
function damage(entry: KeyEntry): KeyEntry {
  const enc = entry.enc.replace(/\n=[A-Za-z0-9+/]{4}(?=\n-)/, '')
  const at = enc.lastIndexOf('\n-') - 20
  const other = enc[at] === 'A' ? 'B' : 'A'
  return { ...entry, enc: enc.slice(0, at) + other + enc.slice(at + 1) }
}

testKeyService({
  create: () => createPgpKeyService({ keys: [readKey('rsa.pgp.asc')] }),
  own: readEntry('rsa.pgp'),
  dataKey,
  foreign: [readEntry('ecc.pgp'), readEntry('hidden.pgp')],
  broken: [damage(readEntry('rsa.pgp')), { kind: 'pgp', fingerprint: 'AB', enc: 'canary' }],
  secrets: ['canary', ...readKey('rsa.pgp.asc').text.trim().split('\n').slice(2, -2)],
})

describe('private keys', () => {
  it.each([
    ['old packets', 'rsa.pgp', 'rsa.pgp.asc'],
    ['elliptic curves', 'ecc.pgp', 'ecc.pgp.asc'],
    ['new packets', 'new-packets.pgp', 'ecc.pgp.asc'],
    ['AEAD as GnuPG writes it', 'ocb.pgp', 'ecc.pgp.asc'],
    ['a hidden recipient', 'hidden.pgp', 'ecc.pgp.asc'],
    ['a key without its primary secret', 'ecc.pgp', 'ecc-subkeys.pgp.asc'],
  ])('open a message with %s', async (_, entry, key) => {
    const service = createPgpKeyService({ keys: [readKey('rsa.pgp.asc'), readKey(key)] })
    expect(await service.unwrap(readEntry(entry))).toEqual(dataKey)
  })

  it('open a message only where their fingerprint, or that of a subkey, is granted', async () => {
    const asked: string[] = []
    const keys = [readKey('ecc.pgp.asc')]
    const all = createPgpKeyService({ keys, isGranted: (own) => asked.push(own) < 0 })
    expect(await all.unwrap(readEntry('ecc.pgp'))).toBeNull()
    expect(asked).toEqual(asked.map(() => expect.stringMatching(/^[0-9A-F]{40}$/)))
    for (const fingerprint of asked) {
      const one = createPgpKeyService({ keys, isGranted: (own) => own === fingerprint })
      expect(await one.unwrap(readEntry('ecc.pgp'))).toEqual(dataKey)
    }
  })

  it('are all tried, also where their armor blocks stand in one text', async () => {
    const names = ['ecc-public.pgp.asc', 'locked.pgp.asc', 'rsa.pgp.asc', 'ecc.pgp.asc']
    const all = names.map((name) => readKey(name).text).join('\n')
    const service = createPgpKeyService({ keys: [{ source: 'all', text: all }] })
    expect(await service.unwrap(readEntry('rsa.pgp'))).toEqual(dataKey)
    expect(await service.unwrap(readEntry('hidden.pgp'))).toEqual(dataKey)
    expect(await service.unwrap(readEntry('locked.pgp'))).toBeNull()
  })

  it('do not open a message without a byte', async () => {
    const service = createPgpKeyService({ keys: [readKey('ecc.pgp.asc')] })
    await expect(service.unwrap(readEntry('empty.pgp'))).rejects.toMatchObject({
      code: 'SopsMetadataInvalid',
    })
  })

  it('say null where there is none', async () => {
    expect(await createPgpKeyService({ keys: [] }).unwrap(readEntry('rsa.pgp'))).toBeNull()
  })
})

describe('private keys that cannot be used', () => {
  const unusable = [
    readKey('locked.pgp.asc'),
    readKey('ecc-public.pgp.asc'),
    readKey('x25519.agekey'),
    { source: 'cut.asc', text: readKey('rsa.pgp.asc').text.replace(/(\n.+){9}(?=\n=)/, '') },
  ]

  it('are skipped with a warning, once', async () => {
    const skipped: SkippedKey[] = []
    const service = createPgpKeyService({
      keys: [...unusable, readKey('ecc.pgp.asc')],
      onSkipped: (key) => skipped.push(key),
    })
    expect(await service.unwrap(readEntry('ecc.pgp'))).toEqual(dataKey)
    expect(await service.unwrap(readEntry('rsa.pgp'))).toBeNull()
    expect(skipped).toEqual([
      { source: 'locked.pgp.asc', line: 1, reason: 'passphrase' },
      { source: 'ecc-public.pgp.asc', line: 1, reason: 'malformed' },
      { source: 'x25519.agekey', line: 1, reason: 'malformed' },
      { source: 'cut.asc', line: 1, reason: 'malformed' },
    ])
  })

  it.each(unusable.map((text) => [text.source, text] as const))(
    'fail when %s is all there is',
    async (_, text) => {
      const service = createPgpKeyService({ keys: [text] })
      await expect(service.unwrap(readEntry('ecc.pgp'))).rejects.toMatchObject({
        code: 'SopsKeyInvalid',
        data: { source: text.source },
      })
    },
  )
})
