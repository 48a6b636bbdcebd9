import { createHash } from 'node:crypto'

/** SHA-256, hex, of a delivery's signed body: by it repetitions are known and its fate can be asked for. */
export function hashDelivery(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}
