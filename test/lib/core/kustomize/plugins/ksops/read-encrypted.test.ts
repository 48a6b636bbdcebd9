import { expect, it } from 'vitest'
import { createLoader } from '../../../../../../lib/core/kustomize/files/loader.ts'
import {
  createEncryptedReader,
  readEncryptedText,
} from '../../../../../../lib/core/kustomize/plugins/ksops/read-encrypted.ts'
import { codeOf } from '../../../../../fakes/errors.ts'
import { createOverlayTree, loadFiles } from '../../../../../fakes/overlay.ts'

const overlay = { files: { 'a.txt': 'x', 'b.txt': 'y', 'c.txt': '' }, encrypted: ['a.txt'] }
const files = new Map([...loadFiles(overlay)].filter(([path]) => path !== 'c.txt'))
const loader = createLoader({ tree: createOverlayTree(overlay), files, bytesLimit: 100 })
const place = { root: 'ov', file: 'ov/g.yaml', field: 'g', encrypted: false }
const read = createEncryptedReader(loader, place)

it('reads encrypted files only', () => {
  expect(read('../a.txt', 'files')?.path).toBe('a.txt')
  expect(codeOf(() => read('../b.txt', 'files'))).toBe('SopsMetadataMissing')
})

it('notes what is lacking', () => {
  expect(read('../c.txt', 'files')).toBeNull()
  expect([...loader.lacking]).toEqual(['c.txt'])
})

it('keeps a byte order mark and refuses other bytes', () => {
  const text = (...bytes: number[]) =>
    readEncryptedText({ path: 'a', bytes: Uint8Array.from(bytes), encrypted: true })
  expect(text(0xef, 0xbb, 0xbf, 0x41)).toBe('\ufeffA')
  expect(codeOf(() => text(0x80))).toBe('KustomizationInvalid')
})
