/** Reads the data types of the SSH protocols. @see https://www.rfc-editor.org/rfc/rfc4251#section-5 */
export interface WireReader {
  /** @throws {RangeError} where the bytes end before */
  readUint32(): number
  /** Bytes behind their length. @throws {RangeError} where the bytes end before */
  readString(): Buffer
}

export function createWireReader(bytes: Buffer): WireReader {
  let offset = 0
  function readUint32(): number {
    const value = bytes.readUInt32BE(offset)
    offset += 4
    return value
  }
  function readString(): Buffer {
    const length = readUint32()
    if (offset + length > bytes.length) throw new RangeError('string runs over the end')
    offset += length
    return bytes.subarray(offset - length, offset)
  }
  return { readUint32, readString }
}

/** Bytes behind their length, as `readString` reads them. */
export function formatWireString(bytes: Uint8Array | string): Buffer {
  const content = Buffer.from(bytes)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, content])
}
