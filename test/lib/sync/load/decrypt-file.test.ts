import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { decryptFile, decryptTree } from '../../../../lib/sync/load/decrypt-file.ts'
import { readSopsVectors } from '../../../fixtures/sops/vectors.ts'

const vectors = readSopsVectors()
const blob = vectors.find(({ format }) => format === 'binary') ?? vectors[0]

describe('decryptFile', () => {
  it.each(vectors.filter(({ format }) => format === 'dotenv' || format === 'binary'))(
    'decrypts $name, whose format it detects',
    async ({ encrypted, plain, dataKey }) => {
      const decrypted = await decryptFile({ path: 'x', bytes: encrypted }, async () => dataKey)
      expect(Buffer.from(decrypted)).toEqual(Buffer.from(plain))
    },
  )

  it('asks for the data key with the groups and the threshold of the file', async () => {
    const shamir = vectors.find(({ name }) => name.startsWith('shamir'))
    const asked: unknown[] = []
    await decryptFile({ path: 'x', bytes: shamir?.encrypted ?? Buffer.of() }, async (groups, threshold) => {
      asked.push(groups.length, threshold)
      return shamir?.dataKey ?? Buffer.of()
    })
    expect(asked).toEqual([3, 2])
  })

  it('writes another format on demand', async () => {
    const env = vectors.find(({ format }) => format === 'dotenv')
    const decrypted = await decryptFile(
      { path: 'x', bytes: env?.encrypted ?? Buffer.of(), outputFormat: 'json' },
      async () => env?.dataKey ?? Buffer.of(),
    )
    expect(Object.keys(JSON.parse(Buffer.from(decrypted).toString()))).toContain('SPACED ')
  })

  it('names the file in every error', async () => {
    const file = { path: 'a/b', bytes: blob?.encrypted ?? Buffer.of() }
    const refuse = async () => {
      throw new SyncError('SopsNoMatchingKey')
    }
    await expect(decryptFile(file, refuse)).rejects.toMatchObject({
      code: 'SopsNoMatchingKey',
      data: { file: 'a/b' },
    })
    await expect(decryptFile({ ...file, bytes: Buffer.from('plain') }, refuse)).rejects.toMatchObject({
      code: 'SopsMetadataMissing',
      data: { file: 'a/b' },
    })
    await expect(decryptFile({ ...file, inputFormat: 'dotenv' }, refuse)).rejects.toMatchObject({
      code: 'SopsFileUnreadable',
      data: { file: 'a/b', line: 1 },
    })
  })

  it('passes on what is no error of ours', async () => {
    const broken = new Error('x')
    const file = { path: 'a', bytes: blob?.encrypted ?? Buffer.of() }
    await expect(decryptFile(file, () => Promise.reject(broken))).rejects.toBe(broken)
  })
})

describe('decryptTree', () => {
  it('gives the branches', async () => {
    const { encrypted, dataKey } = blob ?? { encrypted: Buffer.of(), dataKey: Buffer.of() }
    const tree = await decryptTree({ bytes: encrypted, format: 'binary' }, async () => dataKey)
    expect(tree.branches).toMatchObject([{ items: [{ key: 'data', value: { type: 'bytes' } }] }])
  })
})
