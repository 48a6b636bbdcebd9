import { readFileSync } from 'node:fs'

const centralDirectoryHeader = 0x02014b50

/** The names of the files in a zip. */
export function listZipEntries(path: string): string[] {
  const zip = readFileSync(path)
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const names: string[] = []
  let at = zip.readUInt32LE(end + 16)
  while (zip.readUInt32LE(at) === centralDirectoryHeader) {
    const nameLength = zip.readUInt16LE(at + 28)
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return names
}
