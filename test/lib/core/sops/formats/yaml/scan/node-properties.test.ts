import { describe, expect, it } from 'vitest'
import { createCursor } from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'
import {
  scanAnchorName,
  scanDirective,
  scanTag,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/node-properties.ts'

const unreadable = expect.objectContaining({ code: 'SopsFileUnreadable' })

describe('scanAnchorName', () => {
  it.each(['&a-1_Z', '*a-1_Z,', '&a-1_Z]', '*a-1_Z:'])('reads %s', (text) => {
    expect(scanAnchorName(createCursor(text))).toBe('a-1_Z')
  })

  it.each(['&', '& a', '&é', '*a.b', '&a['])('refuses %s', (text) => {
    expect(() => scanAnchorName(createCursor(text))).toThrow(unreadable)
  })
})

describe('scanTag', () => {
  it.each([
    ['!', { handle: '', suffix: '!' }],
    ['!a', { handle: '!', suffix: 'a' }],
    ['!!int', { handle: '!!', suffix: 'int' }],
    ['!e!x:y', { handle: '!e!', suffix: 'x:y' }],
    ['!<tag:x,2000:y>', { handle: '', suffix: 'tag:x,2000:y' }],
    ['!%C3%A9', { handle: '!', suffix: 'é' }],
  ])('reads %s', (text, tag) => {
    expect(scanTag(createCursor(text))).toEqual(tag)
  })

  it.each(['!!', '!e!', '!<>', '!<a', '!a{', '!%zz', '!%ff', '!é'])('refuses %s', (text) => {
    expect(() => scanTag(createCursor(text))).toThrow(unreadable)
  })
})

describe('scanDirective', () => {
  it('reads both directives', () => {
    expect(scanDirective(createCursor('%YAML \t1.1 # c'))).toEqual({ name: 'YAML', version: '1.1' })
    expect(scanDirective(createCursor('%TAG !e! tag:x:'))).toEqual({
      name: 'TAG',
      handle: '!e!',
      prefix: 'tag:x:',
    })
  })

  it.each([
    '%',
    '%FOO',
    '%YAML',
    '%YAML 1',
    '%YAML 111.1',
    '%YAML!',
    '%TAG',
    '%TAG !e tag:',
    '%TAG !e!',
    '%TAG !!  {',
  ])('refuses %s', (text) => {
    expect(() => scanDirective(createCursor(text))).toThrow(unreadable)
  })
})
