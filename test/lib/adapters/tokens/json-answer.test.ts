import { expect, it } from 'vitest'
import { findText, parseJsonAnswer } from '../../../../lib/adapters/tokens/json-answer.ts'

it.each<[string, readonly string[], string]>([
  ['{"a":{"b":"x"}}', ['a', 'b'], 'x'],
  ['{"a":3600}', ['a'], '3600'],
  ['{"a":null}', ['a', 'b'], ''],
  ['{"a":["x"]}', ['a'], ''],
  ['{}', ['__proto__', 'constructor'], ''],
  ['no json', ['a'], ''],
])('finds in %s at %j the text %j', (json, path, text) => {
  expect(findText(parseJsonAnswer(Buffer.from(json)), path)).toBe(text)
})
