import { analyzePresentation } from './presentation.ts'
import { isReadAsString } from './resolve.ts'

/**
 * How go-yaml writes a string. Nothing is folded.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/emitterc.go (yaml_emitter_select_scalar_style)
 */
export function chooseScalarStyle(text: string): 'plain' | 'single' | 'double' | 'literal' {
  const { plainAllowed, singleAllowed, blockAllowed } = analyzePresentation(text)
  if (text.includes('\n')) return blockAllowed ? 'literal' : 'double'
  if (!isReadAsString(text)) return 'double'
  if (plainAllowed) return 'plain'
  return singleAllowed ? 'single' : 'double'
}
