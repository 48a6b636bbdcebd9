import { SyncError } from '../errors.ts'
import { parseConstraint } from './semver/semver-constraint.ts'
import { compareVersions, parseStrictVersion, parseVersion, type Version } from './semver/semver-version.ts'
import type { Ref, RefListing, Revision } from './source.ts'
import { sourceInvalid } from './source-errors.ts'

const branchPrefix = 'refs/heads/'
const tagPrefix = 'refs/tags/'

/**
 * The commit that a ref stands for now. Only branches and tags are followed: every other ref (`refs/pull/*`,
 * `refs/merge-requests/*`) may be one that strangers write.
 * @throws {SyncError} GitRefNotFound, GitRefForbidden, SourceInvalid (a range that is none)
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#reference
 */
export function resolveRef(ref: Ref, listing: RefListing): Revision {
  if ('commit' in ref) return { ref: '', commit: ref.commit }
  if ('head' in ref) return { ref: 'HEAD', commit: resolveHead(listing) }
  if ('branch' in ref) return { ref: ref.branch, commit: look(listing, branchPrefix + ref.branch) }
  if ('tag' in ref) return { ref: ref.tag, commit: look(listing, tagPrefix + ref.tag) }
  if ('name' in ref) return resolveName(ref.name, listing)
  if ('abbreviation' in ref) throw new SyncError('GitRefNotFound', { data: { ref: ref.abbreviation } })
  return resolveSemver(ref, listing)
}

/**
 * The begin of a commit id that a ref is, in lower case: it says so, or it looks like one and no branch or tag has the
 * name. `null` for every other ref.
 */
export function readAbbreviation(ref: Ref, { refs }: RefListing): string | null {
  if ('abbreviation' in ref) return ref.abbreviation
  if (!('name' in ref) || !/^[0-9a-f]{7,39}$/i.test(ref.name)) return null
  const isListed = refs.has(branchPrefix + ref.name) || refs.has(tagPrefix + ref.name)
  return isListed ? null : ref.name.toLowerCase()
}

/** One text for each ref, by which the state knows it: `branch:main`, `semver:^1`, `head`. */
export function formatRef(ref: Ref): string {
  if ('head' in ref) return 'head'
  if ('semver' in ref && ref.lenient)
    return `lenient-semver:${ref.tagPrefix === undefined ? '' : `${ref.tagPrefix} `}${ref.semver}`
  const [[kind, name] = []] = Object.entries(ref)
  return `${kind}:${name}`
}

function look({ refs }: RefListing, fullName: string): string {
  const commit = refs.get(fullName)
  if (commit === undefined) throw new SyncError('GitRefNotFound', { data: { ref: fullName } })
  return commit
}

function resolveHead(listing: RefListing): string {
  return listing.refs.get('HEAD') ?? look(listing, listing.head ?? 'HEAD')
}

function resolveName(name: string, listing: RefListing): Revision {
  if (name === 'HEAD') return { ref: name, commit: resolveHead(listing) }
  const fullName = name.replace(/\^\{\}$/, '')
  if (!fullName.startsWith('refs/')) return { ref: name, commit: resolveShortName(name, listing) }
  if (!fullName.startsWith(branchPrefix) && !fullName.startsWith(tagPrefix)) {
    throw new SyncError('GitRefForbidden', { data: { ref: name } })
  }
  return { ref: fullName, commit: look(listing, fullName) }
}

/** A branch before a tag: the order in which Git servers list them. */
function resolveShortName(name: string, { refs }: RefListing): string {
  const commit = refs.get(branchPrefix + name) ?? refs.get(tagPrefix + name)
  if (commit === undefined) throw new SyncError('GitRefNotFound', { data: { ref: name } })
  return commit
}

/** Of tags with equal versions (`1.0.0` and `v1.0.0`) the first in byte order wins. */
function resolveSemver(
  { semver: range, lenient, tagPrefix: ownPrefix = '' }: Extract<Ref, { semver: string }>,
  { refs }: RefListing,
): Revision {
  const parse: (tag: string) => Version | null = lenient ? parseVersion : parseStrictVersion
  const isInRange = parseConstraint(range)
  if (!isInRange) {
    throw sourceInvalid('spec.ref.semver', 'is no version range')
  }
  const [highest] = [...refs]
    .filter(([name]) => name.startsWith(tagPrefix))
    .map(([name, commit]) => ({ ref: name.slice(tagPrefix.length), commit }))
    .flatMap((revision) => {
      const version = revision.ref.startsWith(ownPrefix) ? parse(revision.ref.slice(ownPrefix.length)) : null
      return version && isInRange(version) ? [{ revision, version }] : []
    })
    .sort(
      (one, other) =>
        compareVersions(other.version, one.version) || (one.revision.ref < other.revision.ref ? -1 : 1),
    )
  if (!highest) throw new SyncError('GitRefNotFound', { data: { ref: range } })
  return highest.revision
}
