import { RE2JS, RE2JSException } from 're2js'
import { SyncError } from '../../errors.ts'

const lengthLimit = 4_096

/**
 * A test for texts that match an RE2 expression as a whole, in linear time; the empty expression matches all.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/types/selector.go (anchorRegex)
 * @throws {SyncError} PatternInvalid
 */
export function parsePattern(pattern: string, file: string): (text: string) => boolean {
  if (pattern === '') return () => true
  if (/^[\w-]+$/.test(pattern)) return (text) => text === pattern
  const compiled = compile(`^(?:${pattern})$`, file)
  return (text) => compiled.matcher(text).find()
}

/**
 * A test for texts in which an RE2 expression occurs.
 * @throws {SyncError} PatternInvalid
 */
export function parseSearchPattern(pattern: string, file: string): (text: string) => boolean {
  const compiled = compile(pattern, file)
  return (text) => compiled.matcher(text).find()
}

function compile(pattern: string, file: string): RE2JS {
  if (pattern.length > lengthLimit) throw new SyncError('PatternInvalid', { data: { file, lengthLimit } })
  try {
    return RE2JS.compile(pattern)
  } catch (cause) {
    if (cause instanceof RE2JSException)
      throw new SyncError('PatternInvalid', { data: { file, pattern }, cause })
    throw cause
  }
}
