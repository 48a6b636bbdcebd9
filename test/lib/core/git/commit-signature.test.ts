import { describe, expect, it } from 'vitest'
import { splitSignature } from '../../../../lib/core/git/commit-signature.ts'

const head = 'tree 1\nauthor A <a@example.com> 1 +0000'
const split = (text: string) => {
  const found = splitSignature(Buffer.from(text))
  return found && { payload: Buffer.from(found.payload).toString(), signature: found.signature }
}

describe('splitSignature', () => {
  it('takes the signature out of the header', () => {
    expect(split(`${head}\ngpgsig -----BEGIN\n \n AB==\n -----END\n\nGrüße\n\ngpgsig no\n`)).toEqual({
      payload: `${head}\n\nGrüße\n\ngpgsig no\n`,
      signature: '-----BEGIN\n\nAB==\n-----END',
    })
  })

  it('takes a signature for the other kind of object id out as well', () => {
    expect(split(`${head}\ngpgsig a\ngpgsig-sha256 b\n c\nencoding x\n\nm`)).toEqual({
      payload: `${head}\nencoding x\n\nm`,
      signature: 'a',
    })
  })

  it.each([
    ['none', `${head}\n\nm`],
    ['one in the message alone', `${head}\n\ngpgsig a\n`],
    ['two', `${head}\ngpgsig a\ngpgsig b\n\nm`],
  ])('finds none where there is %s', (_, text) => {
    expect(split(text)).toBeNull()
  })
})
