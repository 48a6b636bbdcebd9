/**
 * An http or https address in the one spelling by which addresses are compared: scheme, host, port unless it is the
 * default, path without a final slash. `null` where `text` is none, or carries a user, a query or a fragment.
 */
export function normalizeAddress(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, username, password, origin, pathname } = new URL(text)
  const isPlain = /^https?:$/.test(protocol) && username === '' && password === '' && !/[?#]/.test(text)
  return isPlain ? `${origin}${pathname.replace(/\/+$/, '')}` : null
}

/**
 * The one of `listed` whose address is `address`, with that in the one spelling. Parsed addresses are compared as a
 * whole, never by a prefix.
 */
export function findByAddress<Listed extends { readonly address: string }>(
  listed: readonly Listed[],
  address: string,
): Listed | undefined {
  const wanted = normalizeAddress(address)
  const found = listed.find((known) => wanted !== null && normalizeAddress(known.address) === wanted)
  return found && wanted !== null ? { ...found, address: wanted } : undefined
}
