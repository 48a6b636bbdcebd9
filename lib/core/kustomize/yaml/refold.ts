import { isBlank, isBreak } from '../../yaml/scan/characters.ts'
import { scanTokens } from './scan-tokens.ts'
import type { YamlSource } from './source.ts'

/**
 * A folded text after kustomize has written and read it, as it does with every tree. The writer asks the start of the
 * text where it should ask the line, so that a newline is gained before a line that starts blank.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/emitterc.go (yaml_emitter_write_folded_scalar)
 */
export function refold(text: string, source: YamlSource): string {
  const start = text.replace(/^[\n\u2028\u2029]+/, '')
  const addsBreak = !isBlank(start.charCodeAt(0))
  let written = `>${/^[ \n\u2028\u2029]/.test(text) ? '2' : ''}${chompOf(text)}\n`
  let atBreak = true
  let startedBlank = true
  for (const character of text) {
    if (isBreak(character.charCodeAt(0))) {
      written += !atBreak && !startedBlank && character === '\n' && addsBreak ? '\n\n' : character
      atBreak = true
      continue
    }
    if (atBreak) {
      startedBlank = isBlank(character.charCodeAt(0))
      written += '  '
    }
    written += character
    atBreak = false
  }
  return scanTokens(written, source)[1]?.value ?? ''
}

function chompOf(text: string): string {
  if (!/[\n\u2028\u2029]$/.test(text)) return '-'
  return text.length === 1 || /[\n\u2028\u2029]{2}$/.test(text) ? '+' : ''
}
