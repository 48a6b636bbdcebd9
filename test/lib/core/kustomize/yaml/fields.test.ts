import { describe, expect, it } from 'vitest'
import {
  clearField,
  ensureMapping,
  getField,
  getText,
  setField,
  takeStyle,
} from '../../../../../lib/core/kustomize/yaml/fields.ts'
import { createMapping, createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'

const one = (value = createScalar('1', { tag: '!!str', style: 'double' })) =>
  createMapping([{ key: createScalar('a'), value }])

describe('setField', () => {
  it('keeps the style of what it replaces', () => {
    const map = one()
    setField(map, { name: 'a', value: createScalar('7', { tag: '!!int' }) })
    expect(getField(map, 'a')).toMatchObject({ value: '7', tag: '!!int', style: 'double' })
  })

  it.each([
    ['yes', 'double'],
    ['1', 'double'],
    ['a: b', 'double'],
    ['[x]', 'double'],
    ['# x', 'double'],
    ['2001-01-01', 'plain'],
    ['', 'plain'],
    ['"x', 'plain'],
    ['text', 'plain'],
  ])('writes a new %j in %s style', (text, style) => {
    const map = createMapping()
    setField(map, { name: 'a', value: createScalar(text, { tag: '!!str' }) })
    expect(getField(map, 'a')).toMatchObject({ style })
  })

  it('clears the field for null unless null is kept', () => {
    const map = one()
    const value = createScalar('~', { tag: '!!null' })
    setField(map, { name: 'a', value, keepNull: true })
    expect(getText(map, 'a')).toBe('~')
    setField(map, { name: 'a', value })
    expect(getField(map, 'a')).toBeUndefined()
  })
})

it('makes a mapping where there is none', () => {
  const map = one()
  ensureMapping(map, 'a').entries.push({ key: createScalar('b'), value: createScalar('c') })
  expect(getText(getField(map, 'a'), 'b')).toBe('c')
  expect(ensureMapping(map, 'a')).toBe(getField(map, 'a'))
  clearField(map, 'a')
  expect(map.entries).toEqual([])
})

it('takes the flow of a collection from a collection only', () => {
  const flow = { ...createMapping(), flow: true }
  expect(takeStyle(createMapping(), flow)).toMatchObject({ flow: true })
  expect(takeStyle(flow, createScalar(''))).toMatchObject({ flow: false })
})
