import { beforeEach, describe, expect, it } from 'vitest'
import { type SyncEvent, syncEventKinds } from '../../lib/core/audit/sync-event.ts'
import type { Notify } from '../../lib/ports.ts'

export interface NotifyUnderTest {
  readonly notify: Notify
  /** Everything that arrived, as text. */
  readArrived(): readonly string[]
}

/** An event of every kind. */
export const everyEvent = syncEventKinds.map(
  (kind): SyncEvent => ({
    kind,
    configId: 'c/n/a',
    requestId: `request-of-${kind}`,
    trigger: 'webhook',
    at: '2026-01-31T08:00:00.000Z',
    revision: `main@sha1:${'a'.repeat(40)}`,
    ...(kind === 'failed' ? { code: 'GitUnavailable' } : {}),
    counts: { update: 2 },
  }),
)

/** What every way to tell others of events does. */
export function testNotify(kind: string, open: () => Promise<NotifyUnderTest>): void {
  let peer: NotifyUnderTest

  beforeEach(async () => {
    peer = await open()
  })

  describe(`${kind}: notify`, () => {
    it('tells of every event, in order', async () => {
      await peer.notify([])
      expect(peer.readArrived()).toEqual([])
      const events = [...everyEvent, ...everyEvent]
      await peer.notify(events)
      const arrived = peer.readArrived()
      expect(arrived).toHaveLength(events.length)
      for (const [n, { requestId, configId }] of events.entries()) {
        expect(arrived[n]).toContain(requestId)
        expect(arrived[n]).toContain(configId)
      }
      expect(arrived.join()).toContain('GitUnavailable')
    })

    it('lets nothing through but ids, codes and counts', async () => {
      const [event] = everyEvent
      if (!event) throw new Error('no event')
      const counts = { update: 1, name: 'canary-count' } as unknown as SyncEvent['counts']
      const more = { plan: { changes: [{ name: 'canary-name' }] }, cause: new Error('canary-cause') }
      await peer.notify([{ ...event, ...more, counts }])
      expect(peer.readArrived().join()).not.toContain('canary')
    })
  })
}
