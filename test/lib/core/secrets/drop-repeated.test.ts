import { expect, it } from 'vitest'
import type { BuiltObject } from '../../../../lib/core/secrets/built-object.ts'
import { dropRepeated } from '../../../../lib/core/secrets/drop-repeated.ts'

const create = (value: string, more: Partial<BuiltObject> = {}): BuiltObject => ({
  kind: 'Secret',
  name: 'db',
  nameWithoutHash: 'db',
  data: new Map(),
  stringData: new Map([['a', { value, tainted: false }]]),
  taintedFields: [],
  ...more,
})
const list = (...objects: BuiltObject[]) =>
  dropRepeated(objects).map(({ stringData }) => stringData.get('a')?.value)

it('keeps the last of objects with one kind, namespace and name', () => {
  expect(list(create('1'), create('2'))).toEqual(['2'])
  expect(list(create('1', { namespace: 'a' }), create('2', { namespace: 'a' }))).toEqual(['2'])
})

it.each<Partial<BuiltObject>>([{ kind: 'ConfigMap' }, { namespace: 'b' }, { name: 'db-hash' }])(
  'keeps one with %j beside',
  (more) => {
    expect(list(create('1'), create('2', more))).toEqual(['1', '2'])
  },
)
