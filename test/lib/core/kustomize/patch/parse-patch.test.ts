import { expect, it } from 'vitest'
import { parsePatch } from '../../../../../lib/core/kustomize/patch/parse-patch.ts'
import { catchError } from '../../../../fakes/errors.ts'

const file = { path: 'p.yaml', encrypted: false }

it.each([
  ['{kind: X, metadata: {name: a}}', 'merge'],
  ['# nothing', 'merge'],
  ['[]', 'merge'],
  ['- {op: remove, path: /a}', 'json'],
  ['[{"op": "remove", "path": "/a"}]', 'json'],
])('takes %j for a %s patch', (text, form) => {
  expect(parsePatch(text, file).form).toBe(form)
})

it.each(['text', '{a: b}', '[a]', '[{op: remove}]'])('refuses %j', (text) => {
  expect(catchError(() => parsePatch(text, file))).toMatchObject({
    code: 'KustomizePatchFailed',
    data: { file: 'p.yaml' },
  })
})
