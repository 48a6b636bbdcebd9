import { isSyncError } from '../../errors.ts'
import { parseResourceText } from './parse-resources.ts'
import type { Resource } from './resource.ts'

/** The objects of a text that may as well be a path; `null` where it is no manifest. */
export function parseInlineObjects(
  text: string,
  place: { file: string; encrypted: boolean },
): readonly Resource[] | null {
  try {
    return parseResourceText(text, { ...place, code: 'ManifestInvalid', dialect: 'v3' })
  } catch (error) {
    if (isSyncError(error, 'ManifestInvalid')) return null
    throw error
  }
}
