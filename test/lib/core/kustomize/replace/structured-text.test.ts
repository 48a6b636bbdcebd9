import { expect, it } from 'vitest'
import {
  formatStructuredText,
  parseStructuredText,
} from '../../../../../lib/core/kustomize/replace/structured-text.ts'
import { createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const format = (text: string) => formatStructuredText(parseStructuredText(createScalar(text), 'f'), text, 'f')

it.each([
  ['{"b": [1, 2.50], "a": "<"}', '{"a":"\\u003c","b":[1,2.5]}'],
  ['{\n  "b": [],\n  "a": {"c": null}\n}\n', '{\n  "a": {\n    "c": null\n  },\n  "b": []\n}'],
  ['[\n1]', '[1]'],
  ['b:   x\na:\n    - "1"\n', 'b: x\na:\n- "1"'],
])('writes %j as %j', (text, written) => {
  expect(format(text)).toBe(written)
})

it.each([
  ['', 'KustomizeReplacementFailed'],
  ['# only', 'KustomizeReplacementFailed'],
  ['a: [', 'ManifestInvalid'],
  ['a: 1\n---\nb: 2', 'ManifestInvalid'],
  ['a: b # comment', 'KustomizeFieldUnsupported'],
  ['a: &x b\nc: *x', 'KustomizeFieldUnsupported'],
])('refuses %j', (text, code) => {
  expect(codeOf(() => format(text))).toBe(code)
})
