/** Private keys as text, and what the text is called in warnings: a variable or a file. */
export interface KeyText {
  readonly source: string
  readonly text: string
}

/** A private key that cannot be used, and why; the others still are. */
export interface SkippedKey {
  readonly source: string
  /** From 1; where the key starts. */
  readonly line: number
  readonly reason: 'plugin' | 'passphrase' | 'malformed'
}

/** What the services for local keys are made of. */
export interface LocalKeys {
  readonly keys: readonly KeyText[]
  /**
   * Whether the private key of this recipient or fingerprint may be used; by default any. What a file says of its keys
   * is a label that anybody can change, so it is the private keys that are chosen.
   */
  readonly isGranted?: (key: string) => boolean
  /** Told, before the first entry is opened, what was left out. */
  readonly onSkipped?: (skipped: SkippedKey) => void
}
