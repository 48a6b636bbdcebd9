import { describe, expect, it } from 'vitest'
import { codeOf } from '../../../../fakes/errors.ts'
import { buildAll, type Overlay, printAll } from '../../../../fakes/overlay.ts'
import { measureOwnTimeMs, runawayMs } from '../../../../fakes/own-time.ts'

const secret = (name: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`

describe('references of a kustomization', () => {
  it.each([
    ['resources: [../out.yaml]', 'KustomizeReferenceOutside'],
    ['resources: [../../../etc]', 'PathOutsideRepository'],
    ['resources: [/etc]', 'PathOutsideRepository'],
    ['resources: [none.yaml]', 'KustomizeReferenceMissing'],
    ['resources: [https://example.com/x.yaml]', 'KustomizeRemoteForbidden'],
    ['resources: [github.com/org/repo//base]', 'KustomizeRemoteForbidden'],
    ['resources: ["../base - ../out"]', 'KustomizationInvalid'],
    ['resources: [""]', 'KustomizationInvalid'],
    ['resources: ["a\\0b"]', 'KustomizationInvalid'],
    ['resources: ["a\\\\b"]', 'KustomizationInvalid'],
    ['resources: [.]', 'KustomizeCycle'],
    ['resources: [..]', 'KustomizeCycle'],
    ['resources: [../loop]', 'KustomizeCycle'],
    ['resources: [../empty]', 'KustomizationNotFound'],
    ['resources: [../comp]', 'KustomizationInvalid'],
    ['components: [../base]', 'KustomizationInvalid'],
    ['components: [s.yaml]', 'KustomizeReferenceMissing'],
    ['resources: [.git/config]', 'PathOutsideRepository'],
    ['resources: [sub]', 'GitSubmoduleUnsupported'],
    ['resources: [device]', 'KustomizationInvalid'],
    ['resources: [escape]', 'PathOutsideRepository'],
    ['resources: [pointer.yaml]', 'GitLfsUnsupported'],
    ['secretGenerator: [{name: s, files: [../out.yaml]}]', 'KustomizeReferenceOutside'],
    ['secretGenerator: [{name: s, files: ["http://x/y"]}]', 'KustomizeRemoteForbidden'],
    ['secretGenerator: [{name: s, envs: [../base]}]', 'KustomizeReferenceMissing'],
    ['patches: [{path: ../out.yaml}]', 'KustomizeReferenceOutside'],
  ])('refuses %s', (text, code) => {
    const overlay: Overlay = {
      files: {
        'ov/kustomization.yaml': text,
        'ov/s.yaml': secret('s'),
        'ov/escape': '../../x',
        'ov/pointer.yaml': 'version https://git-lfs.github.com/spec/v1\n',
        'out.yaml': secret('out'),
        'base/kustomization.yaml': 'resources: []',
        'comp/kustomization.yaml': 'kind: Component\nresources: []',
        'loop/kustomization.yaml': 'resources: [../ov]',
        'empty/x': '',
      },
      kinds: {
        'ov/sub': 'submodule',
        'ov/device': 'other',
        'ov/escape': 'symlink',
        '.git': 'directory',
        'ov/.git': 'directory',
      },
    }
    expect(codeOf(() => buildAll(overlay, 'ov'))).toBe(code)
  })

  it('follows links that stay inside', () => {
    const files = {
      'ov/kustomization.yaml': 'resources: [base, s.yaml]\nsecretGenerator: [{name: g, files: [linked.txt]}]',
      'ov/base': '../base',
      'ov/s.yaml': 'real/s.yaml',
      'ov/real/s.yaml': secret('s'),
      'ov/linked.txt': 'real/s.yaml',
      'base/kustomization.yaml': 'resources: [b.yaml]',
      'base/b.yaml': secret('b'),
    }
    const kinds = { 'ov/base': 'symlink', 'ov/s.yaml': 'symlink', 'ov/linked.txt': 'symlink' } as const
    const objects = printAll({ files, kinds }, 'ov')
    expect(objects).toHaveLength(3)
    expect(objects.flatMap(({ data }) => Object.keys(data ?? {}))).toEqual(['linked.txt'])
  })
})

it('stops a diamond ladder', () => {
  const files: Record<string, string> = { 'l0/kustomization.yaml': 'configMapGenerator: [{name: c}]' }
  for (let level = 1; level <= 20; level += 1) {
    files[`l${level}/kustomization.yaml`] = `resources: [../a${level}, ../b${level}]`
    for (const side of ['a', 'b']) {
      files[`${side}${level}/kustomization.yaml`] =
        `resources: [../l${level - 1}]\nnamePrefix: ${side}${level}-`
    }
  }
  const ownTimeMs = measureOwnTimeMs(() => {
    expect(codeOf(() => buildAll({ files }, 'l20'))).toBe('KustomizeTooLarge')
  })
  expect(ownTimeMs).toBeLessThan(runawayMs)
})

it('limits the bytes that it reads', () => {
  const files = { 'kustomization.yaml': 'secretGenerator: [{name: s, files: [f]}]', f: 'x'.repeat(2_000) }
  expect(codeOf(() => buildAll({ files }, '', { limits: { bytes: 1_000 } }))).toBe('KustomizeTooLarge')
})
