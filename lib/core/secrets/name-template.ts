import type { SecretName } from './desired.ts'

/** What `secrets.nameTemplate` may hold between double braces. */
export const placeholders = ['environment', 'namespace', 'name', 'key', 'prefix', 'suffix'] as const

export type Placeholder = (typeof placeholders)[number]

/** A template in parts: text as it is, and placeholders. */
export type NameTemplate = readonly (string | { readonly placeholder: Placeholder })[]

const literal = /^[A-Za-z0-9/_+=.@-]*$/

/** Reads `{{environment}}/{{key}}`; `null` where it holds another placeholder or text that no name takes. */
export function parseNameTemplate(text: string): NameTemplate | null {
  const parts: NameTemplate[number][] = []
  for (const [index, part] of text.split(/\{\{(.*?)\}\}/).entries()) {
    const placeholder = placeholders.find((known) => known === part)
    // Every second part is what stood between braces.
    if (index % 2 === 1) {
      if (placeholder === undefined) return null
      parts.push({ placeholder })
    } else {
      if (!literal.test(part)) return null
      if (part !== '') parts.push(part)
    }
  }
  return parts
}

/** Whether the template holds a placeholder. */
export function hasPlaceholder(template: NameTemplate, placeholder: Placeholder): boolean {
  return template.some((part) => typeof part === 'object' && part.placeholder === placeholder)
}

/**
 * The name that a template stands for. A value keeps letters and digits of ASCII, `.`, `_` and `-`; whatever else it
 * has becomes `_`, a slash too: no value can lead into another part of the tree of names.
 */
export function expandNameTemplate(
  template: NameTemplate,
  values: Readonly<Record<Placeholder, string>>,
): SecretName {
  return template.map((part) => (typeof part === 'string' ? part : clean(values[part.placeholder]))).join('')
}

function clean(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9._-]/gu, '_')
}
