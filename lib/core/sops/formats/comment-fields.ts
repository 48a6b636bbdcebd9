import type { Comment, TreeMap } from '../tree.ts'

/**
 * A comment as the map of its fields. sops holds comments of lists among the items, so `--extract` can meet one, and
 * then prints the structure that it is kept in.
 * @param names of the text and of whether it stood behind something
 */
export function listCommentFields(
  { text, inline = false }: Comment,
  [textName, inlineName]: readonly [string, string],
): TreeMap {
  return {
    type: 'map',
    items: [
      { type: 'pair', key: textName, value: { type: 'str', text } },
      { type: 'pair', key: inlineName, value: { type: 'bool', value: inline } },
    ],
  }
}
