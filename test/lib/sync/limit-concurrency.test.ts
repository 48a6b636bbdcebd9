import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLimiter } from '../../../lib/sync/limit-concurrency.ts'

it('runs at most the limit at a time, in the order of the calls', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.scheduler(), async (limit, scheduler) => {
      const limited = createLimiter(limit)
      const started: number[] = []
      let running = 0
      let most = 0
      const tasks = Array.from({ length: 10 }, (_, index) =>
        limited(async () => {
          started.push(index)
          most = Math.max(most, ++running)
          await scheduler.schedule(Promise.resolve(), `task ${index}`)
          running--
          return index
        }),
      )
      await scheduler.waitFor(Promise.all(tasks))
      expect(await Promise.all(tasks)).toEqual(started)
      expect(most).toBe(limit)
    }),
  )
})

it('frees the place of a task that fails', async () => {
  const limited = createLimiter(1)
  await expect(limited(() => Promise.reject(new RangeError()))).rejects.toThrow(RangeError)
  await expect(limited(() => Promise.resolve('next'))).resolves.toBe('next')
})
