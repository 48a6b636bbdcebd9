import { describe, expect, it } from 'vitest'
import type { DirectorySettings } from '../../../../../lib/core/kustomize/settings/overlay-settings.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { buildAll, type Overlay } from '../../../../fakes/overlay.ts'

const secret = (name: string, body = '') => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n${body}`
const files = {
  'app/a.yaml': `${secret('a', 'stringData: {k: yes}\n')}---\n${secret('b')}`,
  'app/b.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"k": "v"}}',
  'app/list.yml':
    'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret, metadata: {name: l}}]\n',
  'app/values.yaml': 'image: x\n',
  'app/note.txt': secret('no'),
  'app/skip.yaml': `# +argocd:skip-file-rendering\n${secret('no')}`,
  'app/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefix: no-\nmetadata: {name: k}\n',
  'app/sub/d.yaml': secret('d'),
}
const all: DirectorySettings = {
  by: 'directory',
  recurse: false,
  include: '',
  exclude: '',
  unlessKustomized: false,
}
const build = (settings: Partial<DirectorySettings> = {}, overlay: Overlay = { files }) =>
  buildAll(overlay, 'app', { settings: { ...all, ...settings } })
const names = (...input: Parameters<typeof build>) => build(...input).objects.map(({ name }) => name)

describe('buildDirectory', () => {
  it.each([
    [{}, ['a', 'b', 'c', 'l']],
    [{ recurse: true }, ['a', 'b', 'c', 'l', 'd']],
    [{ include: '*.json' }, ['c']],
    [{ recurse: true, exclude: '{a.yaml,sub/*}' }, ['c', 'l']],
    [{ recurse: true, include: '*.yaml', exclude: 'a*' }, ['d']],
  ])('reads manifests with %j', (settings, expected) => {
    expect(names(settings)).toEqual(expected)
  })

  it('reads YAML 1.1', () => {
    expect(build({ include: 'a.yaml' }).objects[0]?.stringData.get('k')?.value).toBe(true)
  })

  it('counts the directory, so that a new file is noticed', () => {
    expect(build().reads).toEqual(expect.arrayContaining(['app', 'app/a.yaml']))
  })

  it('taints what was encrypted', () => {
    const overlay = { files: { 'app/a.yaml': secret('a', 'stringData: {k: v}') }, encrypted: ['app/a.yaml'] }
    expect(build({}, overlay).objects[0]?.stringData.get('k')?.tainted).toBe(true)
  })

  it.each([
    [{ 'app/x.jsonnet': '{}' }, 'KustomizeFieldUnsupported'],
    [{ 'app/x.yaml': `${secret('a')}---\n${secret('a')}` }, 'KustomizeConflict'],
    [{ 'app/x.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {labels: {a: b}}' }, 'ManifestInvalid'],
    [{ 'app/x.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: [' }, 'ManifestInvalid'],
  ])('refuses %j', (own, code) => {
    expect(codeOf(() => build({}, { files: own }))).toBe(code)
  })

  it('follows links within the repository, and no others', () => {
    const linked = { 'app/l.yaml': '../s.yaml', 's.yaml': secret('s') }
    expect(names({}, { files: linked, kinds: { 'app/l.yaml': 'symlink' } })).toEqual(['s'])
    const outside = { files: { 'app/l.yaml': '../../s.yaml' }, kinds: { 'app/l.yaml': 'symlink' } as const }
    expect(codeOf(() => build({}, outside))).toBe('PathOutsideRepository')
  })
})

describe('a directory of either kind', () => {
  it('is kustomized where it has a kustomization', () => {
    const kustomized = {
      'app/kustomization.yaml': 'namePrefix: p-\nresources: [s.yaml]',
      'app/s.yaml': secret('s'),
    }
    expect(names({ unlessKustomized: true }, { files: kustomized })).toEqual(['p-s'])
    expect(names({ unlessKustomized: true }, { files: { 'app/s.yaml': secret('s') } })).toEqual(['s'])
  })

  it('is refused where it is a chart', () => {
    const chart = { files: { 'app/Chart.yaml': 'name: x', 'app/s.yaml': secret('s') } }
    expect(catchError(() => build({ unlessKustomized: true }, chart))).toMatchObject({
      code: 'KustomizeFieldUnsupported',
      data: { file: 'app/Chart.yaml' },
    })
  })
})
