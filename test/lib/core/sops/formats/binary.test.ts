import { expect, it } from 'vitest'
import { binaryFormat } from '../../../../../lib/core/sops/formats/binary.ts'
import { parseJsonObject } from '../../../../../lib/core/sops/formats/json/parse.ts'

it('writes the string under data, and nothing else', () => {
  const branch = parseJsonObject('{"x":1,"data":"a\\nb"}')
  expect(Buffer.from(binaryFormat.emit([branch])).toString()).toBe('a\nb')
})

it.each(['{}', '{"data":1}', '{"data":{}}'])('refuses %s', (json) => {
  expect(() => binaryFormat.emit([parseJsonObject(json)])).toThrow(
    expect.objectContaining({ code: 'SopsOutputUnsupported' }),
  )
})

it('refuses two documents', () => {
  const branch = parseJsonObject('{"data":"a"}')
  expect(() => binaryFormat.emit([branch, branch])).toThrow(
    expect.objectContaining({ code: 'SopsOutputUnsupported' }),
  )
})
