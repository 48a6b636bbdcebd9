import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readBody } from '../../../cli/runner/read-body.ts'

describe('readBody', () => {
  it('joins the chunks', async () => {
    const body = await readBody(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3)
    expect(Buffer.from(body).toString()).toBe('abc')
  })

  it('refuses one byte more than the limit', async () => {
    await expect(readBody(Readable.from([Buffer.from('ab'), Buffer.from('cd')]), 3)).rejects.toMatchObject({
      code: 'PayloadTooLarge',
    })
  })

  it('keeps no more than the limit of a body that goes on and on', async () => {
    const chunk = Buffer.alloc(1024 * 1024)
    const gibibyte = Readable.from(Array.from({ length: 1024 }, () => chunk))
    const before = process.memoryUsage().arrayBuffers
    await expect(readBody(gibibyte, 3 * chunk.length)).rejects.toMatchObject({ code: 'PayloadTooLarge' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * chunk.length)
  })
})
