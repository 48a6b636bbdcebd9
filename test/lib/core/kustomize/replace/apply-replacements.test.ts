import { describe, expect, it } from 'vitest'
import { codeOf } from '../../../../fakes/errors.ts'
import { buildAll, printAll } from '../../../../fakes/overlay.ts'

const objects = [
  'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: v, m: w}\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v, empty: ""}\n',
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 3, image: a}\n',
].join('---\n')
const build = (replacements: string, more = '') => {
  const files = {
    'kustomization.yaml': `resources: [all.yaml]\n${more}\nreplacements: ${replacements}\n`,
    'all.yaml': objects,
  }
  return printAll({ files })
}
const to = (path: string, select = 'kind: Secret') =>
  `targets: [{select: {${select}}, fieldPaths: [${path}]}]`

describe('applyReplacements', () => {
  it.each([
    ['[{}]'],
    ['[{source: {kind: Secret}}]'],
    ['[{source: {kind: Secret}, targets: []}]'],
    ['[{source: {kind: Nope}, targets: [{select: {kind: Secret}}]}]'],
    ['[{source: {}, targets: [{select: {kind: Secret}}]}]'],
    [`[{source: {kind: Secret, name: S.*}, ${to('kind')}}]`],
    [`[{source: {kind: Secret, fieldPath: data.k}, ${to('kind')}}]`],
    [`[{source: {kind: Secret, fieldPath: data}, ${to('kind')}}]`],
    [`[{source: {kind: Secret}, sourceValue: x, ${to('kind')}}]`],
    [`[{source: {kind: Secret, options: {delimiter: x, index: 1}}, ${to('kind')}}]`],
    [`[{source: {kind: Secret}, ${to('none')}}]`],
    ['[{source: {kind: Secret}, targets: [{fieldPaths: [kind]}]}]'],
  ])('refuses %s', (replacements) => {
    expect(codeOf(() => build(replacements))).toBe('KustomizeReplacementFailed')
  })

  it('refuses a pattern that RE2 does not know', () => {
    expect(codeOf(() => build(`[{source: {kind: Secret}, ${to('kind', 'name: "("')}}]`))).toBe(
      'PatternInvalid',
    )
  })

  it('takes an empty text, and targets that nothing is', () => {
    expect(
      build(`[{source: {kind: ConfigMap, fieldPath: data.empty}, ${to('stringData.k')}}]`),
    ).toMatchObject([{}, { stringData: { k: '' } }])
    expect(codeOf(() => build(`[{source: {kind: Secret}, ${to('none', 'name: nobody')}}]`))).toBeNull()
  })

  it('copies from other kinds', () => {
    const replacements = `[{source: {kind: Deployment, fieldPath: spec.replicas}, ${to('stringData.k')}}]`
    expect(build(replacements)).toMatchObject([{}, { stringData: { k: '3' } }])
  })

  it.each([
    ['images: [{name: a, newTag: x}]', 'spec.image', 'KustomizeFieldUnsupported'],
    ['images: [{name: a, newTag: x}]', 'spec.none', 'KustomizeFieldUnsupported'],
    ['images: [{name: a, newTag: x}]', 'metadata.name', null],
    ['replicas: [{name: d, count: 5}]', 'spec.replicas', 'KustomizeFieldUnsupported'],
    ['commonLabels: {a: b}', 'spec.selector.matchLabels.a', 'KustomizeFieldUnsupported'],
    ['commonLabels: {a: b}', 'metadata.labels.a', null],
  ])('after %s refuses to copy %s of another kind', (more, fieldPath, code) => {
    const replacements = `[{source: {kind: Deployment, fieldPath: ${fieldPath}}, ${to('stringData.k')}}]`
    expect(codeOf(() => build(replacements, more))).toBe(code)
  })

  it('passes on that a source is not known, and lets targets lack what others would have made', () => {
    const image = 'images: [{name: a, newTag: x}]'
    const first = `source: {kind: Deployment, fieldPath: spec.image}, ${to('metadata.labels', 'kind: Deployment')}`
    expect(codeOf(() => build(`[{${first}}]`, image))).toBeNull()
    const hop = '{select: {kind: ConfigMap}, fieldPaths: [data.k]}'
    expect(
      codeOf(() => build(`[{source: {kind: Deployment, fieldPath: spec.image}, targets: [${hop}]}]`, image)),
    ).toBe('KustomizeFieldUnsupported')
  })
})

describe('taint', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: e}\nstringData: {p: hunter2}\n'
  const trace = (path: string, options = '') => {
    const files = {
      'kustomization.yaml': `resources: [all.yaml, enc.yaml]\nreplacements: [{source: {name: e, fieldPath: stringData.p}, targets: [{select: {name: s|c}, fieldPaths: ["${path}"], options: {create: true${options}}}]}]\n`,
      'all.yaml': objects,
      'enc.yaml': secret,
    }
    return buildAll({ files, encrypted: ['enc.yaml'] }).objects
  }

  it.each([
    ['metadata.name', '', 'metadata.name'],
    ['metadata.namespace', '', 'metadata.namespace'],
    ['metadata.labels.l', '', 'metadata.labels'],
    ['metadata.annotations.[x.y/z]', '', 'metadata.annotations'],
    ['type', '', 'type'],
    ['metadata.name', ', delimiter: ".", index: 9', 'metadata.name'],
  ])('is seen in %s', (path, options, field) => {
    const [object] = path === 'metadata.name' && options === '' ? traceName() : trace(path, options)
    expect(object?.taintedFields).toContain(field)
  })

  const traceName = () => {
    const files = {
      'kustomization.yaml': `resources: [one.yaml, enc.yaml]\nreplacements: [{source: {name: e, fieldPath: stringData.p}, targets: [{select: {name: s}}]}]\n`,
      'one.yaml': objects.split('---\n')[0] ?? '',
      'enc.yaml': secret,
    }
    return buildAll({ files, encrypted: ['enc.yaml'] }).objects
  }

  it('is kept by the values of a ConfigMap, also within a text', () => {
    const [, map] = trace('data.k')
    expect(map?.data.get('k')).toEqual({ value: 'hunter2', tainted: true })
  })

  it('comes from an encrypted file of replacements', () => {
    const files = {
      'kustomization.yaml': 'resources: [all.yaml]\nreplacements: [{path: r.yaml}]\n',
      'all.yaml': objects,
      'r.yaml': `sourceValue: hunter2\n${to('data.k', 'kind: ConfigMap')}\n`,
    }
    const [, map] = buildAll({ files, encrypted: ['r.yaml'] }).objects
    expect(map?.data.get('k')).toEqual({ value: 'hunter2', tainted: true })
  })
})
