// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is looked for
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { OverlaySettings } from '../../../../../lib/core/kustomize/settings/overlay-settings.ts'
import { kustomizeBlock, parseArgoOverlay } from '../../../../../lib/core/source/argocd/argo-overlay.ts'
import { parseKustomization } from '../../../../../lib/core/source/flux/kustomization.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { buildAll, type Overlay, printAll, sortObjects } from '../../../../fakes/overlay.ts'

const fixtures = join(import.meta.dirname, '..', '..', '..', '..', 'fixtures', 'kustomize')
const read = (name: string) => JSON.parse(readFileSync(join(fixtures, name), 'utf8'))
const createKustomization = (spec: unknown) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'k', namespace: 'flux-system' },
  spec,
})

interface Recorded {
  readonly name: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly files?: Overlay['files']
  readonly full?: boolean
  readonly expected: readonly object[] | null
}

function compare(files: Overlay['files'], expected: Recorded['expected'], read: () => OverlaySettings): void {
  const build = () => printAll({ files }, 'ov', { settings: read() })
  if (expected === null) expect(codeOf(build)).not.toBeNull()
  else expect(build()).toEqual(sortObjects(expected))
}

describe('Flux', () => {
  const { files, cases } = read('flux.json') as { files: Overlay['files']; cases: Recorded[] }
  it.each(cases)('agrees about $name', ({ spec, files: own = files, expected }) => {
    compare(own, expected, () => parseKustomization(createKustomization(spec)).overlay)
  })
})

describe('Argo CD', () => {
  const { files, kustomization, cases } = read('argo.json')
  it.each(cases as Recorded[])('agrees about $name', ({ spec, full, expected }) => {
    const own = full ? { ...files, 'ov/kustomization.yaml': kustomization } : files
    compare(own, expected, () => parseArgoOverlay({ kustomize: kustomizeBlock.parse(spec) }, 'spec.source'))
  })
})

describe('what settings read', () => {
  const files = {
    'ov/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n',
    'ov/sub/kustomization.yaml': 'resources: [x.yaml]\n',
    'ov/sub/x.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n',
  }
  const flux = (rest: Partial<OverlaySettings> = {}) =>
    ({ by: 'flux', patches: [], components: [], ignoreMissingComponents: false, ...rest }) as OverlaySettings

  it('counts a directory without a kustomization, and components that are missing', () => {
    const settings = flux({ components: ['../none'], ignoreMissingComponents: true })
    const { reads } = buildAll({ files }, 'ov', { settings })
    expect(reads).toEqual(expect.arrayContaining(['ov', 'ov/s.yaml', 'ov/sub/x.yaml', 'none']))
  })

  it('refuses a directory whose files Flux chooses by a file of its own', () => {
    const more = { ...files, 'ov/.sourceignore': 'x' }
    expect(catchError(() => buildAll({ files: more }, 'ov', { settings: flux() }))).toMatchObject({
      code: 'KustomizeFieldUnsupported',
      data: { field: '.sourceignore' },
    })
  })

  it('replaces variables in the name without the hash, too', () => {
    const generated = { 'ov/kustomization.yaml': "secretGenerator: [{name: '${A}-s', literals: [a=b]}]" }
    const postBuild = { substitute: { A: 'x' }, always: false, strict: false }
    const [secret] = buildAll({ files: generated }, 'ov', { settings: flux({ postBuild }) }).objects
    expect([secret?.nameWithoutHash, secret?.name.startsWith('x-s-')]).toEqual(['x-s', true])
  })

  it('lets inline variables go before loaded ones, and demands legal names of both', () => {
    const named = { 'ov/kustomization.yaml': "secretGenerator: [{name: '${A}-${B}', literals: [a=b]}]" }
    const build = (names: readonly string[]) => {
      const loaded = new Map(names.map((name) => [name, { value: 'lo\naded', tainted: false }]))
      const postBuild = { substitute: { A: 'inline' }, loaded, always: false, strict: false }
      return buildAll({ files: named }, 'ov', { settings: flux({ postBuild }) }).objects[0]?.nameWithoutHash
    }
    expect(build(['A', 'B'])).toBe('inline-loaded')
    expect(codeOf(() => build(['a.b']))).toBe('SubstitutionFailed')
  })

  it('replaces with loaded variables alone', () => {
    const named = { 'ov/kustomization.yaml': "secretGenerator: [{name: 's${A}', literals: [a=b]}]" }
    const loaded = new Map([['A', { value: 'x', tainted: true }]])
    const postBuild = { substitute: {}, loaded, always: false, strict: false }
    const [secret] = buildAll({ files: named }, 'ov', { settings: flux({ postBuild }) }).objects
    expect([secret?.nameWithoutHash, secret?.taintedFields]).toEqual(['sx', ['metadata.name']])
  })

  it('asks for every variable where it is strict', () => {
    const named = { 'ov/kustomization.yaml': "secretGenerator: [{name: '${NONE}s', literals: [a=b]}]" }
    const build = (strict: boolean) => () =>
      buildAll({ files: named }, 'ov', {
        settings: flux({ postBuild: { substitute: { A: 'x' }, always: false, strict } }),
      })
    expect([codeOf(build(false)), codeOf(build(true))]).toEqual([null, 'SubstitutionFailed'])
  })
})
