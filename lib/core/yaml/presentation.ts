/** How libyaml may write a text in block context. */
export interface Presentation {
  readonly plainAllowed: boolean
  readonly singleAllowed: boolean
  readonly blockAllowed: boolean
}

const special = /[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
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
  const isBroken = hasBreak(text)
  const isSpecial = special.test(text) || (isBroken && spaceBeforeBreak.test(text))
  const isUnsafe = isSpecial || text.includes('\t') || (isBroken && spaceAfterBreak.test(text))
  const isEdged = text.startsWith(' ') || text.endsWith(' ')
  return {
    plainAllowed: !(isUnsafe || isBroken || isEdged || blockIndicator.test(text)),
    singleAllowed: !isUnsafe,
    blockAllowed: text !== '' && !text.endsWith(' ') && !isSpecial,
  }
}

/** Whether a text has a line break, which keeps it from being a key on one line. */
export function hasBreak(text: string): boolean {
  return lineBreak.test(text)
}

/** Whether libyaml writes `text` as a block scalar that it cannot read again: the first line starts with a tab. */
export function isBlockUnreadable(text: string): boolean {
  return text.startsWith('\t') && analyzePresentation(text).blockAllowed
}
