import { expect, it } from 'vitest'
import { createAnchors } from '../../../../../lib/core/kustomize/yaml/anchors.ts'
import { composeDocument } from '../../../../../lib/core/kustomize/yaml/compose.ts'
import { createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import type { YamlSource } from '../../../../../lib/core/kustomize/yaml/source.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { measureOwnTimeMs, runawayMs } from '../../../../fakes/own-time.ts'

const source: YamlSource = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false }

it('copies what an alias names', () => {
  const anchors = createAnchors(source)
  const node = createScalar('x')
  anchors.open('a')
  anchors.close('a', node)
  expect(anchors.expand('a')).toEqual(node)
  expect(anchors.expand('a')).not.toBe(node)
})

it('refuses an alias within what it names, and one of nothing', () => {
  const anchors = createAnchors(source)
  anchors.open('a')
  expect(codeOf(() => anchors.expand('a'))).toBe('ManifestInvalid')
  expect(codeOf(() => anchors.expand('b'))).toBe('ManifestInvalid')
})

it('refuses aliases that multiply', () => {
  const levels = Array.from(
    { length: 9 },
    (_, at) => `l${at}: &l${at} [${`*l${at - 1},`.repeat(at === 0 ? 0 : 10)}x]`,
  )
  const ownTimeMs = measureOwnTimeMs(() => {
    expect(codeOf(() => composeDocument(levels.join('\n'), source))).toBe('KustomizeTooLarge')
  })
  expect(ownTimeMs).toBeLessThan(runawayMs)
})
