import { describe, expect, it } from 'vitest'
import { catchError } from '../../../../../fakes/errors.ts'
import { printOne } from '../../../../../fakes/overlay.ts'

function build(metadata: Readonly<Record<string, unknown>>) {
  const generator = {
    apiVersion: 'viaduct.ai/v2',
    kind: 'ksops',
    metadata: { name: 'g', ...metadata },
    files: [],
  }
  const files = { 'kustomization.yaml': 'generators: [g.yaml]', 'g.yaml': JSON.stringify(generator) }
  return catchError(() => printOne(files))
}

const annotate = (name: string, text: string) => build({ annotations: { [name]: text } })

describe('assertKsopsFunction', () => {
  it.each([
    ['exec: {path: ksops}'],
    ['exec: {path: ../../bin/ksops, envs: [A=b]}\ndeferFailure: true'],
    ['{"exec": {"path": "./ksops"}}'],
  ])('takes %j', (text) => {
    expect(annotate('config.kubernetes.io/function', text)).toBeNull()
    expect(annotate('config.k8s.io/function', text)).toBeNull()
  })

  it('takes a plugin that does not say what it is run by', () => {
    expect(build({})).toBeNull()
    expect(annotate('config.kubernetes.io/function', '')).toBeNull()
  })

  it.each([
    ['container: {image: viaductoss/ksops}', 'container'],
    ['container: {image: x}\nexec: {path: ksops}', 'container'],
    ['exec: {path: sh}', 'exec.path'],
    ['exec: {path: ksops/sh}', 'exec.path'],
    ['exec: {path: ksops, args: [x]}', 'exec.args'],
    ['{}', 'exec.path'],
    ['# nothing', 'exec.path'],
  ])('refuses %j by name', (text, field) => {
    expect(annotate('config.kubernetes.io/function', text)).toEqual({
      code: 'KustomizeFieldUnsupported',
      data: { file: 'g.yaml', field, plugin: 'ksops.v2.viaduct.ai/g' },
    })
  })

  it.each(['starlark: {path: x}', 'exec: {paths: ksops}', 'exec: ksops', '- exec', '{'])(
    'finds %j malformed',
    (text) => {
      expect(annotate('config.kubernetes.io/function', text)?.code).toBe('KustomizationInvalid')
    },
  )

  it('reads the older places, too', () => {
    expect(build({ configFn: { exec: { path: 'ksops' } } })).toBeNull()
    expect(build({ configFn: { exec: { path: 'sh' } } })?.data['field']).toBe('exec.path')
    expect(annotate('config.kubernetes.io/container', 'x')?.data['field']).toBe('container')
  })
})
