import { SyncError } from '../../errors.ts'

/** Which field of which file names a path; every refusal says so. */
export interface Referrer {
  readonly file: string
  readonly field: string
}

/** What Linux takes. */
export const pathLimit = 4_096

/**
 * Refuses what kustomize would fetch, and spellings that no path in a Git tree has.
 * @throws {SyncError} KustomizeRemoteForbidden, PathOutsideRepository, KustomizationInvalid
 */
export function assertLocalReference(reference: string, referrer: Referrer): void {
  if (isRemote(reference)) {
    throw new SyncError('KustomizeRemoteForbidden', { data: { ...referrer, reference } })
  }
  if (reference.startsWith('/')) {
    throw new SyncError('PathOutsideRepository', { data: { ...referrer, path: reference } })
  }
  if (reference === '') throw invalid(referrer, 'empty path')
  if (reference.length > pathLimit) throw invalid(referrer, 'path is too long')
  if (reference.includes('\0')) throw invalid(referrer, 'NUL in a path')
  if (reference.includes('\\')) throw invalid(referrer, 'backslash in a path')
}

function invalid(referrer: Referrer, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { ...referrer, reason } })
}

/**
 * Whether kustomize would take the reference for a URL or a Git repository.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/git/repospec.go
 */
export function isRemote(reference: string): boolean {
  if (reference.startsWith('/')) return false
  return /^(https?:|git::|github\.com[/:])|:\/\//i.test(reference) || isUserAtHost(reference)
}

/** `git@host:path`, or `git@host/` with at least two segments. */
function isUserAtHost(reference: string): boolean {
  const match = /^[a-z][a-z0-9-]*@([^/:]*)([/:])(.*)$/is.exec(reference)
  if (match === null) return false
  const [, host = '', separator, path = ''] = match
  return host !== '' && (separator === ':' || /\/|\.git/.test(path))
}

/**
 * `reference` below `base`, both made of names alone. `..` is taken by the letter, before links are followed.
 * @throws {SyncError} PathOutsideRepository where it leads above the root
 */
export function joinReference(base: string, reference: string, referrer: Referrer): string {
  const names = base === '' ? [] : base.split('/')
  for (const name of reference.split('/')) {
    if (name === '' || name === '.') continue
    if (name !== '..') names.push(name)
    else if (names.pop() === undefined) {
      throw new SyncError('PathOutsideRepository', { data: { ...referrer, path: reference } })
    }
  }
  return names.join('/')
}

/** Whether `path` is `directory` or below it. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`)
}

/** The last name of `path`. */
export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The directory that holds `path`; `''` is the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
