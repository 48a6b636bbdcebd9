import { expect, it } from 'vitest'
import { createAnchors } from '../../../../../lib/core/kustomize/yaml/anchors.ts'
import {
  createComposeError,
  expectToken,
  takeToken,
  typeAt,
} from '../../../../../lib/core/kustomize/yaml/composer.ts'
import { scanTokens } from '../../../../../lib/core/kustomize/yaml/scan-tokens.ts'
import type { YamlSource } from '../../../../../lib/core/kustomize/yaml/source.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source: YamlSource = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false }

it('steps through the tokens', () => {
  const composer = { tokens: scanTokens('a', source), source, anchors: createAnchors(source), next: 1 }
  expect(takeToken(composer)).toMatchObject({ type: 'plain', value: 'a' })
  expect(codeOf(() => expectToken(composer, 'value', 'colon expected'))).toBe('ManifestInvalid')
  expectToken(composer, 'stream-end', 'end expected')
  expect(typeAt(composer)).toBe('stream-end')
  expect(codeOf(() => takeToken(composer))).toBe('ManifestInvalid')
  expect(createComposeError(composer, 'reason').data).toEqual({ file: 'f', reason: 'reason', line: 1 })
})
