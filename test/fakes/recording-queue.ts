import type { OutgoingPoke, PokeQueue } from '../../lib/ports.ts'

/** A queue that keeps what is sent, repetitions included. */
export function createRecordingQueue(): PokeQueue & { sent: OutgoingPoke[] } {
  const sent: OutgoingPoke[] = []
  return {
    sent,
    send: async (pokes) => {
      sent.push(...pokes)
    },
  }
}
