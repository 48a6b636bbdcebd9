import { describe, expect, it } from 'vitest'
import { createAgeKeyService } from '../../../../lib/adapters/keys/age.ts'
import type { SkippedKey } from '../../../../lib/adapters/keys/local/key-text.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { testKeyService } from '../../../contracts/key-service.ts'
import { dataKey, readEncrypted, readKey } from './read-fixture.ts'

function readEntry(name: string): KeyEntry {
  return { kind: 'age', recipient: 'a label that is never compared', enc: readEncrypted(name) }
}

/** The entry with one character in the middle of line `row` exchanged. */
function damage(entry: KeyEntry, row: number): KeyEntry {
  const lines = entry.enc.trim().split('\n')
  const line = lines.at(row) ?? ''
  const middle = Math.trunc(line.length / 2)
  const other = line[middle] === 'A' ? 'B' : 'A'
  lines.splice(row, 1, line.slice(0, middle) + other + line.slice(middle + 1))
  return { ...entry, enc: lines.join('\n') }
}

testKeyService({
  create: () => createAgeKeyService({ keys: [readKey('x25519.agekey'), readKey('ed25519.ssh')] }),
  own: readEntry('x25519.age'),
  dataKey,
  foreign: [readEntry('rsa.age'), readEntry('hybrid.age')],
  broken: [
    damage(readEntry('x25519.age'), -2),
    damage(readEntry('x25519.age'), 1),
    { kind: 'age', recipient: 'age1x', enc: '' },
    { kind: 'age', recipient: 'age1x', enc: 'AGE-SECRET-KEY-1CANARY' },
  ],
  secrets: [
    'CANARY',
    ...[readKey('x25519.agekey'), readKey('ed25519.ssh')].flatMap(({ text }) =>
      text.trim().split('\n').slice(1),
    ),
  ],
})

describe('identities', () => {
  it.each([
    ['x25519.age', 'x25519.agekey'],
    ['hybrid.age', 'hybrid.agekey'],
    ['ed25519.age', 'ed25519.ssh'],
    ['rsa.age', 'rsa.ssh'],
    ['rsa.age', 'rsa-pkcs1.pem'],
    ['rsa.age', 'rsa-pkcs8.pem'],
  ])('opens %s with %s', async (entry, key) => {
    const service = createAgeKeyService({ keys: [readKey('x25519-other.agekey'), readKey(key)] })
    expect(await service.unwrap(readEntry(entry))).toEqual(dataKey)
  })

  it.each([
    ['x25519.age', 'x25519.agekey', /^age1[a-z0-9]{58}$/],
    ['hybrid.age', 'hybrid.agekey', /^age1pq1/],
    ['ed25519.age', 'ed25519.ssh', /^ssh-ed25519 AAAA/],
    ['rsa.age', 'rsa.ssh', /^ssh-rsa AAAA/],
  ])(
    'opens %s with %s only where its recipient is granted, whatever the entry says',
    async (entry, key, recipient) => {
      const asked: string[] = []
      const open = async (granted: boolean) => {
        const isGranted = (own: string) => asked.push(own) > 0 && granted
        return await createAgeKeyService({ keys: [readKey(key)], isGranted }).unwrap(readEntry(entry))
      }
      expect([await open(true), await open(false)]).toEqual([dataKey, null])
      expect(asked).toEqual([expect.stringMatching(recipient), expect.stringMatching(recipient)])
    },
  )

  it('tries every identity of every text', async () => {
    const names = ['x25519-other.agekey', 'rsa.ssh', 'x25519.agekey', 'hybrid.agekey', 'ed25519.ssh']
    const all = names.map((name) => readKey(name).text).join('\n')
    const service = createAgeKeyService({ keys: [{ source: 'all', text: all }] })
    for (const name of ['x25519.age', 'hybrid.age', 'ed25519.age', 'rsa.age']) {
      expect(await service.unwrap(readEntry(name))).toEqual(dataKey)
    }
  })

  it('opens an entry with CRLF and space around it', async () => {
    const service = createAgeKeyService({ keys: [readKey('x25519.agekey')] })
    const entry = readEntry('x25519.age')
    const enc = `\r\n  ${entry.enc.replaceAll('\n', '\r\n')}\r\n`
    expect(await service.unwrap({ ...entry, enc })).toEqual(dataKey)
  })

  it('says null without any identity', async () => {
    expect(await createAgeKeyService({ keys: [] }).unwrap(readEntry('x25519.age'))).toBeNull()
  })
})

describe('identities that cannot be used', () => {
  const plugin = { source: 'plugin', text: '# card\nAGE-PLUGIN-YUBIKEY-1QQQQ' }
  const mistyped = { source: 'mistyped', text: 'AGE-SECRET-KEY-1QQQQ AGE-SECRET-KEY-PQ-1QQQQ' }
  const unusable = [
    plugin,
    mistyped,
    readKey('passphrase.agekey'),
    readKey('ed25519-locked.ssh'),
    readKey('rsa-pkcs1-locked.pem'),
    readKey('ecdsa.ssh'),
    { source: 'cut.ssh', text: readKey('rsa.ssh').text.replace(/(\n.+){4}(?=\n-)/, '') },
  ]

  it('are skipped with a warning, once', async () => {
    const skipped: SkippedKey[] = []
    const service = createAgeKeyService({
      keys: [...unusable, readKey('x25519.agekey')],
      onSkipped: (key) => skipped.push(key),
    })
    expect(await service.unwrap(readEntry('x25519.age'))).toEqual(dataKey)
    expect(await service.unwrap(readEntry('rsa.age'))).toBeNull()
    expect(skipped).toEqual([
      { source: 'plugin', line: 2, reason: 'plugin' },
      { source: 'mistyped', line: 1, reason: 'malformed' },
      { source: 'mistyped', line: 1, reason: 'malformed' },
      { source: 'passphrase.agekey', line: 1, reason: 'passphrase' },
      { source: 'ed25519-locked.ssh', line: 1, reason: 'passphrase' },
      { source: 'rsa-pkcs1-locked.pem', line: 1, reason: 'passphrase' },
      { source: 'ecdsa.ssh', line: 1, reason: 'malformed' },
      { source: 'cut.ssh', line: 1, reason: 'malformed' },
    ])
  })

  it.each(unusable.map((text) => [text.source, text] as const))(
    'fail when %s is all there is',
    async (_, text) => {
      const service = createAgeKeyService({ keys: [text] })
      await expect(service.unwrap(readEntry('x25519.age'))).rejects.toMatchObject({
        code: 'SopsKeyInvalid',
        data: { source: text.source },
      })
    },
  )
})
