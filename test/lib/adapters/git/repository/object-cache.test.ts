import { describe, expect, it } from 'vitest'
import { createObjectCache } from '../../../../../lib/adapters/git/repository/object-cache.ts'

const object = (sizeBytes: number) => ({ type: 'blob', bytes: new Uint8Array(sizeBytes) }) as const

describe('createObjectCache', () => {
  it('keeps repositories apart', () => {
    const cache = createObjectCache(10_000)
    cache('one').add(new Map([['a', object(1)]]))
    expect(cache('one').get('a')?.bytes).toHaveLength(1)
    expect(cache('other').get('a')).toBeNull()
  })

  it('drops what was not used for longest, of whichever repository', () => {
    const cache = createObjectCache(4000)
    const one = cache('one')
    const other = cache('other')
    one.add(new Map([['a', object(1000)]]))
    other.add(new Map([['b', object(1000)]]))
    one.get('a')
    one.add(new Map([['c', object(1000)]]))
    expect(one.get('a')).not.toBeNull()
    expect(other.get('b')).toBeNull()
    expect(one.get('c')).not.toBeNull()
  })

  it('counts an object that is added again once', () => {
    const objects = createObjectCache(4000)('one')
    objects.add(new Map([['a', object(1000)]]))
    for (let time = 0; time < 10; time++) objects.add(new Map([['b', object(1000)]]))
    expect(objects.get('a')).not.toBeNull()
  })
})
