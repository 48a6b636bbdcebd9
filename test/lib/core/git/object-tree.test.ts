import { describe, expect, it } from 'vitest'
import { hashObject } from '../../../../lib/core/git/object.ts'
import { createObjectTree } from '../../../../lib/core/git/object-tree.ts'

const blob = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
const objects = new Map<string, Uint8Array>()

function addTree(entries: Record<string, readonly [mode: string, oid: string]>): string {
  const bytes = Buffer.concat(
    Object.entries(entries).flatMap(([name, [mode, oid]]) => [
      Buffer.from(`${mode} ${name}\0`),
      Buffer.from(oid, 'hex'),
    ]),
  )
  const oid = hashObject({ type: 'tree', bytes })
  objects.set(oid, bytes)
  return oid
}

const read = (oid: string) => objects.get(oid) ?? null
const leaf = addTree({ 'b.yaml': ['100644', blob], 'ä.yaml': ['100644', blob] })
const root = addTree({
  a: ['40000', leaf],
  'a.txt': ['100644', blob],
  '\u{1f511}': ['100644', blob],
  '\uffee': ['120000', blob],
})

describe('createObjectTree', () => {
  it('finds entries by path', () => {
    const tree = createObjectTree(root, read)
    expect(tree?.entry('')).toEqual({ kind: 'directory', oid: root })
    expect(tree?.entry('a')).toEqual({ kind: 'directory', oid: leaf })
    expect(tree?.entry('a/ä.yaml')).toEqual({ kind: 'file', oid: blob })
    expect(tree?.entry('a/none')).toBeNull()
    expect(tree?.entry('a.txt/none')).toBeNull()
    expect(tree?.entry('constructor')).toBeNull()
  })

  it('lists names in byte order', () => {
    const tree = createObjectTree(root, read)
    expect(tree?.list('')).toEqual(['a', 'a.txt', '\uffee', '\u{1f511}'])
    expect(tree?.list('a')).toEqual(['b.yaml', 'ä.yaml'])
    expect(tree?.list('a.txt')).toEqual([])
    expect(tree?.list('none')).toEqual([])
  })

  it('is null where an object of it is missing', () => {
    const broken = addTree({ deep: ['40000', '1'.repeat(40)] })
    expect(createObjectTree(addTree({ a: ['40000', broken] }), read)).toBeNull()
    expect(createObjectTree('2'.repeat(40), read)).toBeNull()
  })

  it('reads each object of a ladder of diamonds once', () => {
    let rung = addTree({ 'leaf.yaml': ['100644', blob] })
    for (let height = 0; height < 60; height++) rung = addTree({ a: ['40000', rung], b: ['40000', rung] })
    let reads = 0
    const tree = createObjectTree(rung, (oid) => {
      reads += 1
      return read(oid)
    })
    expect(tree?.entry(`${'a/b/'.repeat(30)}leaf.yaml`)?.kind).toBe('file')
    expect(reads).toBe(61)
  })
})
