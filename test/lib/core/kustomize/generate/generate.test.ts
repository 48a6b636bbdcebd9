import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import {
  generateResource,
  markGenerated,
  mergeOptions,
} from '../../../../../lib/core/kustomize/generate/generate.ts'
import { buildAnnotations, isEnabled } from '../../../../../lib/core/kustomize/resource/resource.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createOverlayTree, loadFiles, printOne } from '../../../../fakes/overlay.ts'
import { createResource } from '../../../../fakes/resource.ts'

const overlay = { files: { bin: Uint8Array.of(0xff, 0xfe, 0) } }
const loader = createLoader({ tree: createOverlayTree(overlay), files: loadFiles(overlay), bytesLimit: 100 })
const place = { root: '', file: 'kustomization.yaml', field: 'g', encrypted: false }

it('generates a ConfigMap with bytes under binaryData', () => {
  const files = {
    ...overlay.files,
    'kustomization.yaml': 'configMapGenerator: [{name: c, files: [bin], literals: [a=1]}]',
  }
  expect(printOne(files)).toMatchObject({ binaryData: { bin: '//4A' }, data: { a: '1' } })
})

it('marks what it generates', () => {
  const options = { disableNameSuffixHash: true }
  const plain = generateResource({ kind: 'Secret', args: { name: 's', options }, place }, loader)
  const hashed = generateResource({ kind: 'Secret', args: { name: 's' }, place }, loader)
  expect([plain, hashed].map((resource) => isEnabled(resource, buildAnnotations.needsHash))).toEqual([
    false,
    true,
  ])
  const resource = createResource()
  markGenerated(resource.root, { behavior: 'merge', needsHash: false })
  expect(isEnabled(resource, buildAnnotations.needsHash)).toBe(false)
})

it('wants a name', () => {
  expect(codeOf(() => generateResource({ kind: 'Secret', args: {}, place }, loader))).toBe(
    'KustomizationInvalid',
  )
})

it('merges options: own texts win, flags count from either', () => {
  const own = { labels: new Map([['a', 'own']]), immutable: false }
  const shared = {
    labels: new Map([
      ['a', 'shared'],
      ['b', 'shared'],
    ]),
    immutable: true,
  }
  expect(mergeOptions(own, shared)).toMatchObject({
    labels: new Map([
      ['a', 'own'],
      ['b', 'shared'],
    ]),
    immutable: true,
    disableNameSuffixHash: false,
  })
})
