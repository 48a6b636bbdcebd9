import { SyncError } from '../../errors.ts'
import { parseGoBool } from '../../go/literals.ts'
import { formatScalar } from '../cipher/canonical-text.ts'
import type { TreeMap, TreeNode } from '../tree.ts'

/**
 * The fields of one metadata map, read as loosely as sops 3.13 reads them: names without regard to case, numbers and
 * booleans for strings and the reverse, the empty string for nothing.
 * @see https://github.com/getsops/sops/blob/main/stores/metadata.go
 */
export interface MetadataFields {
  text(name: string): string
  integer(name: string): number
  bool(name: string): boolean
  /** A list of maps; a lone map counts as a list of one. */
  maps(name: string): MetadataFields[]
  /** A map from string to string, without the entries that are null. */
  texts(name: string): Record<string, string>
}

/** @throws {SyncError} SopsMetadataInvalid from each accessor whose field has another type */
export function createMetadataFields(map: TreeMap, parent = ''): MetadataFields {
  const pathOf = (name: string) => (parent === '' ? name : `${parent}.${name}`)
  const find = (name: string) => findField(map, name)
  return {
    text: (name) => readText(find(name), pathOf(name)),
    integer: (name) => readInteger(find(name), pathOf(name)),
    bool: (name) => readBool(find(name), pathOf(name)),
    maps: (name) => readMaps(find(name), pathOf(name)),
    texts: (name) => readTexts(find(name), pathOf(name)),
  }
}

function findField(map: TreeMap, name: string): TreeNode | undefined {
  const pairs = map.items.filter((item) => item.type === 'pair')
  const exact = pairs.findLast((pair) => pair.key === name)
  return (exact ?? pairs.find((pair) => pair.key.toLowerCase() === name))?.value
}

function readText(value: TreeNode | undefined, field: string): string {
  if (value === undefined || value.type === 'null') return ''
  if (value.type === 'bool') return value.value ? '1' : '0'
  if (value.type === 'str' || value.type === 'int' || value.type === 'float' || value.type === 'time') {
    return formatScalar(value)
  }
  throw invalid(field)
}

function readInteger(value: TreeNode | undefined, field: string): number {
  const text = readText(value, field)
  if (text === '') return 0
  const number = /^[+-]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]*|0[bB][01]+|[1-9]\d*|\d+\.\d+)$/.test(text)
    ? Math.trunc(Number(text.replace(/^([+-]?)0(?=[0-7])/, '$10o')))
    : Number.NaN
  if (Number.isNaN(number)) throw invalid(field)
  return number
}

function readBool(value: TreeNode | undefined, field: string): boolean {
  if (value?.type === 'bool') return value.value
  const text = readText(value, field)
  if (value?.type === 'int' || value?.type === 'float') return Number(text) !== 0
  if (text === '') return false
  const parsed = parseGoBool(text)
  if (parsed === null) throw invalid(field)
  return parsed
}

function readMaps(value: TreeNode | undefined, field: string): MetadataFields[] {
  if (value === undefined || value.type === 'null') return []
  if (value.type === 'map') return value.items.length === 0 ? [] : [createMetadataFields(value, field)]
  if (value.type !== 'list') throw invalid(field)
  return value.items
    .filter((item) => item.type !== 'comment')
    .map((item, index) => {
      if (item.type !== 'map') throw invalid(`${field}[${index}]`)
      return createMetadataFields(item, `${field}[${index}]`)
    })
}

function readTexts(value: TreeNode | undefined, field: string): Record<string, string> {
  if (value === undefined || value.type === 'null') return {}
  if (value.type !== 'map') throw invalid(field)
  const entries = value.items
    .filter((item) => item.type === 'pair')
    .filter((pair) => pair.value.type !== 'null')
    .map((pair) => [pair.key, readText(pair.value, `${field}.${pair.key}`)] as const)
  return Object.fromEntries(entries)
}

function invalid(field: string): SyncError {
  return new SyncError('SopsMetadataInvalid', { data: { field } })
}
