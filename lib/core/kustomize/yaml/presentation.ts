/** How libyaml may write a text in block context. */
export interface Presentation {
  readonly plainAllowed: boolean
  readonly singleAllowed: boolean
  readonly blockAllowed: boolean
}

const special = /[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const edged = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/
const lineBreak = /[\n\r\u0085\u2028\u2029]/
const spaceBeforeBreak = / [\n\r\u0085\u2028\u2029]/
const spaceAfterBreak = /[\n\r\u0085\u2028\u2029] /
const blockIndicator = /^(---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?=[ \t]|$))|:(?=[ \t]|$)|[ \t]#/

/**
 * Which styles libyaml's writer would choose from; it matters because kustomize writes and reads a tree whenever it
 * wants its values.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/emitterc.go (yaml_emitter_analyze_scalar)
 */
export function analyzePresentation(text: string): Presentation {
  const isSpecial = special.test(text) || spaceBeforeBreak.test(text)
  const isUnsafe = isSpecial || text.includes('\t') || spaceAfterBreak.test(text)
  return {
    plainAllowed: !(isUnsafe || edged.test(text) || lineBreak.test(text) || blockIndicator.test(text)),
    singleAllowed: !isUnsafe,
    blockAllowed: text !== '' && !text.endsWith(' ') && !isSpecial,
  }
}

/** Whether libyaml writes `text` as a block scalar that it cannot read again: the first line starts with a tab. */
export function isBlockUnreadable(text: string): boolean {
  return text.startsWith('\t') && analyzePresentation(text).blockAllowed
}
