import { expect, it } from 'vitest'
import { createSourceError } from '../../../../../lib/core/kustomize/yaml/source.ts'

it('names file and reason under the code of the source', () => {
  const source = { file: 'f', code: 'KustomizePatchFailed', dialect: 'v3', encrypted: true } as const
  const { code, data } = createSourceError(source, 'reason', { line: 2 })
  expect([code, data]).toEqual(['KustomizePatchFailed', { file: 'f', reason: 'reason', line: 2 }])
})
