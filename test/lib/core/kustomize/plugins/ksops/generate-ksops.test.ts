import { describe, expect, it } from 'vitest'
import { catchError } from '../../../../../fakes/errors.ts'
import { buildAll } from '../../../../../fakes/overlay.ts'

const head = 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: g}\n'
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: canary}\n'

function build(generator: string, files: Readonly<Record<string, string>> = {}) {
  const plain = { 'ov/kustomization.yaml': 'generators: [g.yaml]', 'ov/g.yaml': head + generator }
  return buildAll({ files: { ...plain, ...files }, encrypted: Object.keys(files) }, 'ov')
}

describe('what a KSOPS generator reads', () => {
  it('reads files from anywhere in the tree, but not above it', () => {
    expect(build('files: [../s/a.yaml]', { 's/a.yaml': secret }).objects).toHaveLength(1)
    expect(catchError(() => build('files: [../../a.yaml]'))?.code).toBe('PathOutsideRepository')
    expect(catchError(() => build('files: [/etc/passwd]'))?.code).toBe('PathOutsideRepository')
    expect(catchError(() => build('files: ["https://example.org/a.yaml"]'))?.code).toBe(
      'KustomizeRemoteForbidden',
    )
  })

  it('names the field of a file that does not exist', () => {
    expect(catchError(() => build('secretFrom: [{metadata: {name: s}, envs: [none.env]}]'))).toEqual({
      code: 'KustomizeReferenceMissing',
      data: { file: 'ov/g.yaml', field: 'ksops.v1.viaduct.ai/g.secretFrom[0].envs', path: 'none.env' },
    })
  })

  it('refuses a file that is not encrypted', () => {
    const files = { 'kustomization.yaml': 'generators: [g.yaml]', 'g.yaml': `${head}files: [a.yaml]` }
    expect(catchError(() => buildAll({ files: { ...files, 'a.yaml': secret } }))).toEqual({
      code: 'SopsMetadataMissing',
      data: { file: 'a.yaml' },
    })
  })

  it('taints every value', () => {
    const { objects } = build(
      'files: [a.yaml]\nsecretFrom: [{metadata: {name: t}, files: [b=a.yaml], envs: [e.env], binaryFiles: [a.yaml]}]',
      { 'ov/a.yaml': secret, 'ov/e.env': 'A=b' },
    )
    const values = objects.flatMap(({ data, stringData }) => [...data.values(), ...stringData.values()])
    expect(values.map(({ tainted }) => tainted)).toEqual([true, true, true, true])
    expect(objects.flatMap(({ taintedFields }) => taintedFields)).toEqual([])
  })
})

describe('what a KSOPS generator refuses', () => {
  it.each([
    ['file: [a.yaml]', 'file'],
    ['failSilently: true\nfiles: []', 'failSilently'],
    ['secretFrom: [{metadata: {name: s}, env: [a]}]', 'secretFrom[0].env'],
    ['secretFrom: [{metadata: {name: s, uid: x}}]', 'secretFrom[0].metadata.uid'],
    ['files: [1]', 'files[0]'],
    ['', 'ksops.v1.viaduct.ai/g'],
    ['secretFrom: [{}]', 'secretFrom[0].metadata.name'],
    [
      'secretFrom: [{metadata: {name: s, annotations: {internal.config.kubernetes.io/x: y}}}]',
      'secretFrom[0].metadata.annotations',
    ],
  ])('refuses %j by name', (generator, field) => {
    expect(catchError(() => build(generator))).toMatchObject({
      code: 'KustomizationInvalid',
      data: { file: 'ov/g.yaml', field },
    })
  })

  it('refuses bytes that are no text, and quotes none of them', () => {
    const files = {
      'kustomization.yaml': 'generators: [g.yaml]',
      'g.yaml': `${head}secretFrom: [{metadata: {name: s}, files: [b]}]`,
      b: Uint8Array.of(0xff),
    }
    expect(catchError(() => buildAll({ files, encrypted: ['b'] }))).toEqual({
      code: 'KustomizationInvalid',
      data: { file: 'b', reason: 'text that is no UTF-8' },
    })
  })

  it('refuses a source with two equals signs', () => {
    expect(catchError(() => build('secretFrom: [{metadata: {name: s}, files: [a=b=c]}]'))?.code).toBe(
      'KustomizationInvalid',
    )
  })
})
