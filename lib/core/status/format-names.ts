/** A status is read by people and kept small. */
const maximumCount = 5

/** The first names of a list and how many more there are: `a, b and 7 more`. */
export function formatNames(names: readonly string[]): string {
  const shown = names.slice(0, maximumCount).join(', ')
  return names.length <= maximumCount ? shown : `${shown} and ${names.length - maximumCount} more`
}
