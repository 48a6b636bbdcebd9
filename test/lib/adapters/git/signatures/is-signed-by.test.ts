import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSignedBy } from '../../../../../lib/adapters/git/signatures/is-signed-by.ts'

const folder = join(import.meta.dirname, '../../../../fixtures/git/signed')
const read = (name: string) => readFileSync(join(folder, name))
const readSigner = (name: string) => read(`${name}.signer`).toString()

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.signer') && !file.startsWith('ssh-namespace'))
  .map((file) => file.replace('.signer', ''))

describe('isSignedBy', () => {
  it.each(names)('knows who signed %s', async (name) => {
    const commit = read(`${name}.commit`)
    const others = names.filter((other) => other !== name).map(readSigner)
    expect(await isSignedBy(commit, [...others, readSigner(name)])).toBe(true)
    expect(await isSignedBy(commit, others)).toBe(false)
    expect(await isSignedBy(commit, [])).toBe(false)
  })

  it('trusts no signature that was made for something else than Git, and no commit without one', async () => {
    expect(await isSignedBy(read('ssh-namespace-file.commit'), [readSigner('ssh-ed25519')])).toBe(false)
    expect(await isSignedBy(read('ssh-namespace-file.commit'), [readSigner('ssh-namespace-file')])).toBe(
      false,
    )
    expect(await isSignedBy(read('unsigned.commit'), names.map(readSigner))).toBe(false)
  })

  it('trusts no commit that was signed twice', async () => {
    const text = read('ssh-ed25519.commit').toString('latin1')
    const [header = ''] = /^gpgsig (?:.*\n )*.*\n/m.exec(text) ?? []
    const twice = Buffer.from(text.replace(header, header + header), 'latin1')
    expect(await isSignedBy(twice, [readSigner('ssh-ed25519')])).toBe(false)
  })

  it.each(['ssh-ed25519', 'ssh-ecdsa521', 'ssh-rsa2048', 'pgp-ed25519'])(
    'sees any change of %s',
    async (name) => {
      const commit = read(`${name}.commit`)
      const signers = [readSigner(name)]
      await fc.assert(
        fc.asyncProperty(fc.nat(commit.length * 8 - 1), async (bit) => {
          const changed = Buffer.from(commit)
          changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          const isSame = (await isSignedBy(changed, signers)) && !isArmor(commit, bit >> 3)
          expect(isSame).toBe(false)
        }),
        { numRuns: 100 },
      )
    },
  )
})

/** Whether a byte belongs to the signature, of which not every bit bears on what is signed. */
function isArmor(commit: Buffer, offset: number): boolean {
  const text = commit.toString('latin1')
  return offset >= text.indexOf('gpgsig ') && offset < text.indexOf('\n', text.indexOf('-----END'))
}
