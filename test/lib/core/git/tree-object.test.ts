import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTreeObject } from '../../../../lib/core/git/tree-object.ts'

const oid = '0123456789abcdef0123456789abcdef01234567'

function format(...entries: [mode: string, name: string | Buffer][]): Buffer {
  return Buffer.concat(
    entries.flatMap(([mode, name]) => [
      Buffer.from(`${mode} `),
      Buffer.from(name),
      Buffer.alloc(1),
      Buffer.from(oid, 'hex'),
    ]),
  )
}

describe('parseTreeObject', () => {
  it.each([
    ['40000', 'directory'],
    ['100644', 'file'],
    ['100755', 'file'],
    ['100664', 'file'],
    ['120000', 'symlink'],
    ['160000', 'submodule'],
    ['10000', 'other'],
  ])('reads mode %s as %s', (mode, kind) => {
    expect(parseTreeObject(format([mode, 'grüße x']))).toEqual(new Map([['grüße x', { kind, oid }]]))
  })

  it('reads an empty tree', () => {
    expect(parseTreeObject(new Uint8Array()).size).toBe(0)
  })

  it.each(['', '.', '..', '.git', '.GIT', 'a/b'])('refuses the name %j', (name) => {
    expect(() => parseTreeObject(format(['100644', name]))).toThrow(
      expect.objectContaining({ code: 'GitDataInvalid' }),
    )
  })

  it('ends in entries or in an error of ours, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        try {
          parseTreeObject(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'GitDataInvalid' })
        }
      }),
    )
  })

  it('refuses what is cut off or named twice', () => {
    const whole = format(['100644', 'a'])
    const damaged = [
      whole.subarray(0, -1),
      whole.subarray(0, 8),
      Buffer.from('x'),
      Buffer.concat([whole, whole]),
    ]
    for (const bytes of damaged) {
      expect(() => parseTreeObject(bytes)).toThrow(expect.objectContaining({ code: 'GitDataInvalid' }))
    }
  })
})
