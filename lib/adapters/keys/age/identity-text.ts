import type { KeyText } from '../local/key-text.ts'

/** One identity as it stands in a text, not yet checked. */
export interface IdentityText {
  readonly source: string
  /** From 1; where the identity starts. */
  readonly line: number
  readonly kind: 'native' | 'ssh' | 'plugin' | 'passphrase' | 'malformed'
  readonly text: string
}

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

/**
 * The identities in the text of a key file: several on a line where spaces part them, `#` lines left out, private
 * keys in PEM as a whole.
 */
export function splitIdentities({ source, text }: KeyText): IdentityText[] {
  if (text.trimStart().startsWith('age-encryption.org/')) {
    return [{ source, line: 1, kind: 'passphrase', text: '' }]
  }
  const pems = [...text.matchAll(pemBlock)].map(([pem, label = ''], index, all) => ({
    source,
    line: countLines(text.slice(0, all[index]?.index)),
    kind: classifyPem(label),
    text: pem,
  }))
  const lines = text.replaceAll(pemBlock, (pem) => pem.replaceAll(/[^\n]+/g, '')).split('\n')
  const words = lines.flatMap((line, index) =>
    listWords(line).map((word) => ({ source, line: index + 1, kind: classifyWord(word), text: word })),
  )
  return [...pems, ...words].sort((left, right) => left.line - right.line)
}

function countLines(text: string): number {
  return text.split('\n').length
}

function listWords(line: string): string[] {
  return line.trimStart().startsWith('#') ? [] : line.split(/\s+/).filter((word) => word !== '')
}

function classifyPem(label: string): IdentityText['kind'] {
  if (label === 'AGE ENCRYPTED FILE') return 'passphrase'
  return /^(OPENSSH |RSA |ENCRYPTED )?PRIVATE KEY$/.test(label) ? 'ssh' : 'malformed'
}

function classifyWord(word: string): IdentityText['kind'] {
  if (word.startsWith('AGE-PLUGIN-')) return 'plugin'
  return /^AGE-SECRET-KEY-(PQ-)?1/.test(word) ? 'native' : 'malformed'
}
