import { describe, expect, it } from 'vitest'
import type { OverlaySettings } from '../../../../../lib/core/kustomize/settings/overlay-settings.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { buildAll } from '../../../../fakes/overlay.ts'

const name = '.argocd-source-app.yaml'
const settings: OverlaySettings = {
  by: 'directory',
  recurse: false,
  include: '',
  exclude: '',
  unlessKustomized: true,
  overrideFiles: ['.argocd-source.yaml', name],
}
const build = (text: string, file = `ov/${name}`) => {
  const files = { 'ov/kustomization.yaml': 'secretGenerator: [{name: s, literals: [a=b]}]', [file]: text }
  return buildAll({ files }, 'ov', { settings })
}

describe('assertNoOverride', () => {
  it.each([
    ['', 'nothing'],
    ['kustomize: {images: [a=b:1]}', 'images'],
    ['kustomize: {replicas: [{name: a, count: 1}]}\npath: elsewhere', 'what Argo CD ignores'],
  ])('lets %j pass, which names %s', (text) => {
    expect(build(text).objects).toHaveLength(1)
  })

  it.each([
    ['kustomize: {images: [a], namePrefix: p-}', 'kustomize.namePrefix'],
    ['kustomize: null', 'kustomize'],
    ['helm: {parameters: []}', 'helm'],
    ['directory: {recurse: true}', 'directory'],
    ['[]', '(root)'],
  ])('refuses %j', (text, field) => {
    expect(catchError(() => build(text))).toMatchObject({
      code: 'KustomizeFieldUnsupported',
      data: { file: `ov/${name}`, field },
    })
  })

  it('knows the file of every Application, and counts those that are missing', () => {
    expect(codeOf(() => build('directory: {recurse: true}', 'ov/.argocd-source.yaml'))).toBe(
      'KustomizeFieldUnsupported',
    )
    const { reads } = build('', 'ov/.argocd-source-other.yaml')
    expect(reads).toEqual(expect.arrayContaining(['ov/.argocd-source.yaml', `ov/${name}`]))
    expect(reads).not.toContain('ov/.argocd-source-other.yaml')
  })

  it('says of a file that is no YAML where it is', () => {
    expect(catchError(() => build('{'))).toMatchObject({
      code: 'ManifestInvalid',
      data: { file: `ov/${name}` },
    })
  })
})
