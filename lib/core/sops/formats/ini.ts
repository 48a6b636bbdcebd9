import { decodeRawText } from '../raw-text.ts'
import type { Format, ParsedFile } from '../sops-format.ts'
import { separateSopsKey } from '../sops-key.ts'
import { encodeText } from '../text.ts'
import type { Pair } from '../tree.ts'
import { unflatten } from './flat/flatten.ts'
import { formatIni } from './ini/emit.ts'
import { formatGoStructure } from './ini/go-structure.ts'
import { parseIni } from './ini/parse.ts'

/**
 * INI by the grammar of go-ini.
 * @see https://github.com/getsops/sops/blob/main/stores/ini/store.go
 */
export const iniFormat: Format = {
  parse: (bytes) => parseFlatMetadata(separateSopsKey([parseIni(decodeRawText(bytes))])),
  emit: formatIni,
  emitValue: (value) => encodeText(formatGoStructure(value)),
}

/** The section `[sops]` is flat, and its line feeds are the two characters `\n` in most releases. */
function parseFlatMetadata({ metadata, branches }: ParsedFile): ParsedFile {
  const pairs = metadata.items.filter((item) => item.type === 'pair')
  return { metadata: unflatten(pairs.map(unescapeLineFeeds)), branches }
}

function unescapeLineFeeds(pair: Pair): Pair {
  const { value } = pair
  if (value.type !== 'str') return pair
  return { ...pair, value: { type: 'str', text: value.text.replaceAll('\\n', '\n') } }
}
