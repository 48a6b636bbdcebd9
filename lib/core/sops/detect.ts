import type { SopsFormat } from './sops-format.ts'
import { decodeText } from './text.ts'

const suffixes: Readonly<Record<string, SopsFormat>> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
  '.env': 'dotenv',
  '.ini': 'ini',
}

/** The format that sops takes a file for by its name alone: whatever has no known suffix is binary. */
export function formatOfName(path: string): SopsFormat {
  const suffix = /\.[^./]*$/.exec(path)?.[0] ?? ''
  return suffixes[suffix] ?? 'binary'
}

/**
 * The format of an encrypted file, by what SOPS wrote into it, since names mislead (`.env.prod`, a generator key); by
 * the name where content leaves a choice. `null` where the file is not encrypted.
 */
export function detectFormat(path: string, bytes: Uint8Array): SopsFormat | null {
  const text = decodeText(bytes)
  if (/^\s*\{/.test(text)) return detectInJson(path, text)
  if (/^sops_(mac|lastmodified)=/m.test(text)) return 'dotenv'
  if (/^[ \t]*\[sops\]/m.test(text) && /^[ \t]*(mac|lastmodified)[ \t]*[=:]/m.test(text)) return 'ini'
  return hasYamlMetadata(text) ? 'yaml' : null
}

/** JSON is YAML, too; a sealed binary file is an object of just `data` and `sops`. */
function detectInJson(path: string, text: string): SopsFormat | null {
  if (!/"sops"\s*:\s*\{/.test(text) || !/"(mac|lastmodified)"\s*:/.test(text)) return null
  if (formatOfName(path) === 'yaml') return 'yaml'
  return /^\s*\{\s*"data"\s*:\s*"(ENC\[[^"]*)?"\s*,\s*"sops"\s*:/.test(text) ? 'binary' : 'json'
}

/** sops writes its metadata in block style; whoever reformats the file may have made them flow. */
function hasYamlMetadata(text: string): boolean {
  return (
    /^["']?sops["']?[ \t]*:/m.test(text) &&
    /(?:^[ \t]+|[{,]\s*)["']?(mac|lastmodified)["']?[ \t]*:/m.test(text)
  )
}
