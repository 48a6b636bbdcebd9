import { describe, expect, it } from 'vitest'
import {
  scanAnchorName,
  scanTag,
  takeHandle,
  takeUri,
} from '../../../../../lib/core/yaml/scan/node-properties.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { scanText } from '../../../../fakes/yaml-scanner.ts'

describe('scanAnchorName', () => {
  it.each(['&a-1_Z', '*a-1_Z,', '&a-1_Z]', '*a-1_Z:'])('reads %s', (text) => {
    expect(scanText(text, scanAnchorName).result).toBe('a-1_Z')
  })

  it.each(['&', '& a', '&é', '*a.b', '&a['])('refuses %s', (text) => {
    expect(codeOf(() => scanText(text, scanAnchorName))).toBe('ManifestInvalid')
  })
})

const scanWholeTag = (text: string) => scanText(text, scanTag).result

describe('scanTag', () => {
  it.each([
    ['!', '', '!'],
    ['!a', '!', 'a'],
    ['!!int', '!!', 'int'],
    ['!e!x:y', '!e!', 'x:y'],
    ['!<tag:x,2000:y>', '', 'tag:x,2000:y'],
    ['!%C3%A9', '!', 'é'],
  ])('reads %s', (text, handle, suffix) => {
    expect(scanWholeTag(text)).toEqual({ handle, suffix })
  })

  it.each(['!!', '!! x', '!e!', '!<>', '!<a', '!a{', '!%zz', '!%ff', '!é'])('refuses %s', (text) => {
    expect(codeOf(() => scanWholeTag(text))).toBe('ManifestInvalid')
  })
})

it('takes the parts of a tag directive', () => {
  expect(scanText('!e! x', takeHandle)).toMatchObject({ result: '!e!', rest: ' x' })
  expect(scanText('e!', takeHandle).result).toBe('')
  expect(scanText('tag:x,%41 y', takeUri)).toMatchObject({ result: 'tag:x,A', rest: ' y' })
})
