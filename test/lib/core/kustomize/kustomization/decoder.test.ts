import { expect, it } from 'vitest'
import {
  anything,
  createFieldError,
  flag,
  integer,
  list,
  struct,
  text,
  textMap,
  texts,
} from '../../../../../lib/core/kustomize/kustomization/decoder.ts'
import type { Json } from '../../../../../lib/core/kustomize/yaml/json.ts'
import { catchError } from '../../../../fakes/errors.ts'

const place = { file: 'k', path: '' }
const decode = struct({
  name: text,
  on: flag,
  count: integer,
  items: texts,
  map: textMap,
  any: anything,
  parts: list(struct({ a: text })),
})
const map = (entries: [string, Json][]) => new Map<string, Json>(entries)

it('decodes by name in any letter case, null meaning unset', () => {
  expect(
    decode(
      map([
        ['NAME', 'x'],
        ['on', null],
        ['count', 3n],
        ['items', ['a', null]],
        ['map', map([['k', null]])],
        ['parts', [null]],
      ]),
      place,
    ),
  ).toEqual({
    name: 'x',
    count: 3,
    items: ['a', ''],
    map: new Map([['k', '']]),
    parts: [{}],
  })
})

it.each<[Json, string]>([
  [map([['other', 1n]]), 'other'],
  [map([['name', true]]), 'name'],
  [map([['on', 'true']]), 'on'],
  [map([['count', 1.5]]), 'count'],
  [map([['items', 'a']]), 'items'],
  [map([['items', ['a', 1n]]]), 'items[1]'],
  [map([['map', map([['k', 1n]])]]), 'map.k'],
  [
    map([
      ['name', 'a'],
      ['Name', 'b'],
    ]),
    'Name',
  ],
  ['x', ''],
])('names the field that is wrong', (value, field) => {
  expect(catchError(() => decode(value, place))).toMatchObject({
    code: 'KustomizationInvalid',
    data: { file: 'k', field },
  })
})

it('leaves unknown fields out where it is lenient', () => {
  expect(
    struct({ a: struct({}) })(
      map([
        ['a', map([['c', null]])],
        ['b', 1n],
      ]),
      { ...place, lenient: true },
    ),
  ).toEqual({ a: {} })
  expect(createFieldError(place, 'reason').data).toMatchObject({ reason: 'reason' })
})
