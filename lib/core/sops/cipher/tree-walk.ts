import { SyncError } from '../../errors.ts'
import type { Branch, Comment, Pair, Scalar, TreeList, TreeMap, TreeNode } from '../tree.ts'
import { type ActiveComments, createActiveComments, noComments } from './active-comments.ts'
import type { CipherFailure, Decrypted, ValueCipher } from './cipher.ts'
import type { MacHash } from './mac.ts'
import {
  additionalDataOf,
  enterItem,
  enterKey,
  formatKeyPath,
  type Position,
  rootPosition,
} from './position.ts'
import type { RuleMatcher } from './rules.ts'

/** What a walk needs to know and feeds. */
export interface TreeWalk {
  readonly cipher: ValueCipher
  readonly hash: MacHash
  readonly rule: RuleMatcher
  readonly macOnlyEncrypted: boolean
  /** Whether plain integers come from JSON, see `MacHash.addJsonInteger`. */
  readonly isJson: boolean
}

interface Place {
  readonly position: Position
  readonly comments: ActiveComments
}

/**
 * Decrypts a branch depth first in file order, adding each value to the hash.
 * @throws {SyncError} SopsValueTampered, SopsValueNotEncrypted, SopsValueInvalid, SopsTreeUnsupported
 */
export function walkBranch(walk: TreeWalk, branch: Branch): Branch {
  return walkMap(walk, branch, { position: rootPosition, comments: noComments })
}

function walkMap(walk: TreeWalk, map: TreeMap, outer: Place): TreeMap {
  const comments = createActiveComments(outer.comments, walk.rule)
  const items = map.items.map((item): Pair | Comment => {
    if (item.type === 'comment') return walkMapComment(walk, item, { ...outer, comments })
    const position = enterKey(outer.position, item.key, walk.rule)
    const value = walkNode(walk, item.value, { position, comments })
    comments.clear()
    return { type: 'pair', key: item.key, value }
  })
  return { type: 'map', items }
}

function walkList(walk: TreeWalk, list: TreeList, outer: Place): TreeList {
  const comments = createActiveComments(outer.comments, walk.rule)
  const items = list.items.map((item, index) => {
    const place = { position: enterItem(outer.position, index), comments }
    if (item.type === 'comment') return walkComment(walk, item, place)
    const value = walkNode(walk, item, place)
    comments.clear()
    return value
  })
  return { type: 'list', items }
}

function walkNode(walk: TreeWalk, node: TreeNode, place: Place): TreeNode {
  switch (node.type) {
    case 'map':
      return walkMap(walk, node, place)
    case 'list':
      return walkList(walk, node, place)
    case 'null':
      return node
    case 'unsupported':
      throw failAt(place, 'SopsTreeUnsupported')
    case 'comment':
      return walkComment(walk, node, place)
    default:
      return walkScalar(walk, node, place)
  }
}

function walkScalar(walk: TreeWalk, scalar: Scalar, place: Place): Scalar | Comment {
  const matched = walk.rule.looksAt === 'keys' ? place.position.matched : place.comments.matched
  if (matched === walk.rule.matchMeansEncrypted) {
    const value = decryptScalar(walk, scalar, place)
    if (value.type !== 'comment') walk.hash.add(value)
    return value
  }
  if (walk.macOnlyEncrypted) return scalar
  if (walk.isJson && scalar.type === 'int') walk.hash.addJsonInteger(scalar.value)
  else walk.hash.add(scalar)
  return scalar
}

function decryptScalar(walk: TreeWalk, scalar: Scalar, place: Place): Scalar | Comment {
  if (scalar.type !== 'str') throw failAt(place, 'SopsValueNotEncrypted')
  const decrypted = walk.cipher(scalar.text, additionalDataOf(place.position))
  if ('failure' in decrypted) throw failAt(place, decrypted.failure)
  return decrypted.value
}

/**
 * A comment that does not decrypt was never encrypted: sops before 3.0 left them plain, and people add some. One that
 * decrypts to another type is hashed as what it is.
 */
function walkComment(walk: TreeWalk, comment: Comment, { position, comments }: Place): Scalar | Comment {
  const commentMatched = comments.add(comment.text)
  const matched = walk.rule.looksAt === 'keys' ? position.matched : commentMatched
  if (matched !== walk.rule.matchMeansEncrypted) return comment
  const decrypted: Decrypted = walk.cipher(comment.text, additionalDataOf(position))
  if ('failure' in decrypted) return comment
  if (decrypted.value.type !== 'comment') walk.hash.add(decrypted.value)
  return decrypted.value
}

function walkMapComment(walk: TreeWalk, comment: Comment, place: Place): Comment {
  const value = walkComment(walk, comment, place)
  if (value.type === 'comment') return value
  if (value.type === 'str') return { ...comment, text: value.text }
  throw failAt(place, 'SopsValueInvalid')
}

function failAt({ position }: Place, code: CipherFailure | 'SopsTreeUnsupported'): SyncError {
  return new SyncError(code, { data: { keyPath: formatKeyPath(position) } })
}
