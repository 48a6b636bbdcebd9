import { expect, it } from 'vitest'
import { composeDocument } from '../../../../../lib/core/kustomize/yaml/compose.ts'
import { decodeLegacy } from '../../../../../lib/core/kustomize/yaml/decode-legacy.ts'
import { formatGoJson } from '../../../../../lib/core/kustomize/yaml/json.ts'
import { createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import type { YamlSource } from '../../../../../lib/core/kustomize/yaml/source.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source: YamlSource = { file: 'f', code: 'KustomizationInvalid', dialect: 'v2', encrypted: false }
const read = (text: string) => decodeLegacy(composeDocument(text, source) ?? createScalar(''), source)

it('reads the words of YAML 1.1 as booleans and dates as text', () => {
  expect(formatGoJson(read('{a: yes, b: n, c: Off, d: 2001-01-01, e: "on"}'))).toBe(
    '{"a":true,"b":false,"c":false,"d":"2001-01-01","e":"on"}',
  )
})

it('turns keys into text', () => {
  expect(formatGoJson(read('{yes: 1, 0x10: 2}'))).toBe('{"16":2,"true":1}')
})

it.each(['~: x', '1.5: x', 'a: .nan', '{yes: 1, true: 2}'])('refuses %s', (text) => {
  expect(codeOf(() => read(text))).toBe('KustomizationInvalid')
})
