import { describe, expect, it } from 'vitest'
import { batchCalls } from '../../../../lib/adapters/aws/batch-calls.ts'

describe('batchCalls', () => {
  it('sends what is asked for in one turn together, each key once, no more than fit', async () => {
    const sent: string[][] = []
    const ask = batchCalls(3, async (keys) => {
      sent.push([...keys])
      return new Map(keys.filter((key) => key !== 'none').map((key) => [key, key.toUpperCase()]))
    })
    const asked = ['a', 'b', 'a', 'none', 'c']
    expect(await Promise.all(asked.map(ask))).toEqual(['A', 'B', 'A', undefined, 'C'])
    expect(sent).toEqual([
      ['a', 'b'],
      ['none', 'c'],
    ])
    expect(await ask('later')).toBe('LATER')
    expect(sent).toHaveLength(3)
  })

  it('fails those alone whose call failed', async () => {
    const ask = batchCalls(1, async ([key = '']) => {
      if (key === 'bad') throw new Error('refused')
      return new Map([[key, 1]])
    })
    const answers = await Promise.allSettled([ask('bad'), ask('good')])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })
})
