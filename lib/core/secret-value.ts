import { createHmac } from 'node:crypto'

const printed = '[secret]'

/**
 * Bytes that do not print. `toString`, `toJSON`, template strings and inspection all say `[secret]`; `reveal()` is
 * the only way out, and the architecture test names the few files that may call it.
 */
export class SecretValue {
  readonly #bytes: Uint8Array

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  static fromBytes(bytes: Uint8Array): SecretValue {
    return new SecretValue(Uint8Array.from(bytes))
  }

  /** The UTF-8 bytes of `text`. */
  static fromText(text: string): SecretValue {
    return new SecretValue(new TextEncoder().encode(text))
  }

  get sizeBytes(): number {
    return this.#bytes.length
  }

  /** A copy of the bytes. */
  reveal(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }

  /** HMAC-SHA-256 under `key` over `prefix` and then the bytes: tells values apart without showing them. */
  mac(key: Uint8Array, prefix: Uint8Array): Uint8Array {
    return createHmac('sha256', key).update(prefix).update(this.#bytes).digest()
  }

  toString(): string {
    return printed
  }

  toJSON(): string {
    return printed
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return printed
  }
}
