import { expect, it } from 'vitest'
import { overlayPatch, toPatch } from '../../../../lib/core/source/overlay-patch.ts'

it.each([
  [{ patch: 'x' }, { patch: 'x' }],
  [
    { path: 'p.yaml', target: { kind: 'Secret', name: '' } },
    { path: 'p.yaml', target: { kind: 'Secret' } },
  ],
  [
    { patch: 'x', target: {} },
    { patch: 'x', target: {} },
  ],
  [
    { patch: 'x', options: { allowKindChange: true } },
    { patch: 'x', options: { allowNameChange: false, allowKindChange: true } },
  ],
])('takes %j for %j', (written, patch) => {
  expect(toPatch(overlayPatch.parse(written))).toEqual(patch)
})
