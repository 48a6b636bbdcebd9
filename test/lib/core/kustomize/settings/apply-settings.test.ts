import { describe, expect, it } from 'vitest'
import { parseKustomization } from '../../../../../lib/core/kustomize/kustomization/kustomization.ts'
import { applySettings } from '../../../../../lib/core/kustomize/settings/apply-settings.ts'
import type {
  ArgoSettings,
  FluxSettings,
} from '../../../../../lib/core/kustomize/settings/overlay-settings.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const parse = (text: string) =>
  parseKustomization({ file: 'k.yaml', bytes: new TextEncoder().encode(text), encrypted: false })
const flux: FluxSettings = { by: 'flux', patches: [], components: [], ignoreMissingComponents: false }
const argo: ArgoSettings = {
  by: 'argo',
  commonLabels: {},
  labelWithoutSelector: false,
  labelIncludeTemplates: false,
  forceCommonLabels: false,
  commonAnnotations: {},
  forceCommonAnnotations: false,
  patches: [],
  components: [],
  ignoreMissingComponents: false,
}
const apply = (text: string, settings: FluxSettings | ArgoSettings, found: readonly string[] = []) =>
  applySettings(parse(text), settings, (path) => found.includes(path))

describe('applySettings', () => {
  it('writes over names and namespace, and appends patches', () => {
    const text = 'namePrefix: a-\nnameSuffix: -b\nnamespace: c\npatches: [{patch: x}]\nresources: [r.yaml]\n'
    const settings = { ...flux, namePrefix: '', targetNamespace: 'n', patches: [{ patch: 'y' }] }
    expect(apply(text, settings)).toMatchObject({
      namePrefix: '',
      nameSuffix: '-b',
      namespace: 'n',
      patches: [{ patch: 'x' }, { patch: 'y' }],
      resources: ['r.yaml'],
    })
  })

  it('adds components once with Argo CD, and each time with Flux', () => {
    const components = ['../c', '../d']
    expect(apply('components: [../c]', { ...argo, components }).components).toEqual(['../c', '../d'])
    expect(apply('components: [../c]', { ...flux, components }).components).toEqual(['../c', '../c', '../d'])
  })

  it('leaves out components that are missing where it may', () => {
    const settings = { ...flux, components: ['../c', '../d'], ignoreMissingComponents: true }
    expect(apply('resources: [x]', settings, ['../d']).components).toEqual(['../d'])
  })

  it.each(['/abs', 'https://github.com/o/r', 'git@host:o/r', ''])('refuses the component %j', (path) => {
    expect(codeOf(() => apply('resources: [x]', { ...flux, components: [path] }))).not.toBeNull()
  })

  it.each([
    ['commonLabels: {a: b}', { commonLabels: { a: 'c' } }],
    ['labels: [{pairs: {a: b}}]', { commonLabels: { a: 'c' }, labelWithoutSelector: true }],
    ['commonAnnotations: {a: b}', { commonAnnotations: { a: 'c' } }],
  ])('does not write over %s unless it is forced', (text, settings) => {
    expect(codeOf(() => apply(text, { ...argo, ...settings }))).toBe('KustomizeConflict')
    const forced = { ...argo, ...settings, forceCommonLabels: true, forceCommonAnnotations: true }
    expect(JSON.stringify([...(apply(text, forced).commonLabels ?? [])])).not.toContain('"b"')
    expect(codeOf(() => apply(text, forced))).toBeNull()
  })
})
