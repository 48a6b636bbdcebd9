import { describe, expect, it } from 'vitest'
import type { SecretsSpec } from '../../../../lib/core/config/config.ts'
import type { LoadedFiles } from '../../../../lib/core/files/loaded-file.ts'
import { buildRaw } from '../../../../lib/core/raw/build-raw.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { createTree } from '../../../fakes/tree.ts'

const config = { secrets: { environment: 'prod' } }
const directory = 'web/deployment-configuration/profiles/prod'
const [env, yaml, properties] = ['secrets.env', 'secrets.yaml', 'properties'].map(
  (name) => `${directory}/application.${name}`,
) as [string, string, string]

function load(files: Record<string, string | Uint8Array>): LoadedFiles {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      { content: SecretValue.fromBytes(Buffer.from(content)), encrypted: true },
    ]),
  )
}

function build(files: Record<string, string | Uint8Array>, secrets: Partial<SecretsSpec> = {}) {
  const built = buildRaw(
    createTree(Object.fromEntries(Object.keys(files).map((path) => [path, 'x']))),
    { secrets: { ...config.secrets, ...secrets } },
    load(files),
  )
  if (built.status === 'lacking') throw new Error('lacking')
  return built
}

const listValues = ({ entries }: ReturnType<typeof build>) =>
  entries.map(({ key, payload }) => [key, Buffer.from(payload.value.reveal()).toString()])

describe('buildRaw', () => {
  it('names every file that it still lacks', () => {
    const tree = createTree({ [env]: 'x', [yaml]: 'x', [properties]: 'x', 'other.env': 'x' })
    expect(buildRaw(tree, config, load({ [yaml]: 'a: b' }))).toEqual({
      status: 'lacking',
      paths: [env, properties],
    })
  })

  it('reads all three files of a service', () => {
    const built = build({ [env]: 'A=1\n#OFF=x', [yaml]: 'b: {c: 2}', [properties]: 'p=3' })
    expect(listValues(built)).toEqual([
      ['A', '1'],
      ['b.c', '2'],
      ['properties', '{"p":"3"}'],
    ])
    expect(built.entries.map(({ prefix, origin }) => [prefix, origin.name])).toEqual([
      ['web', env],
      ['web', yaml],
      ['web', properties],
    ])
    expect(built).toMatchObject({ disabled: [{ prefix: 'web', key: 'OFF' }], paths: [''] })
  })

  it('lets YAML go before env, disabled keys included', () => {
    const built = build({ [env]: 'A=env\n#B=env', [yaml]: 'A: yaml\nB: yaml' })
    expect(listValues(built)).toEqual([
      ['A', 'yaml'],
      ['B', 'yaml'],
    ])
    expect(built.disabled).toEqual([])
  })

  it('writes properties in byte order, whatever they are called', () => {
    const keys = ['b', '10', '9', 'a', '__proto__', 'é', '"']
    const [entry] = listValues(build({ [properties]: keys.map((key) => `${key}=1`).join('\n') }))
    expect(entry).toEqual([
      'properties',
      '{"\\"":"1","10":"1","9":"1","__proto__":"1","a":"1","b":"1","é":"1"}',
    ])
  })

  it('publishes no properties where there are none', () => {
    expect(build({ [properties]: '# nothing\n#off=1\n' })).toMatchObject({ entries: [], disabled: [] })
  })

  it('makes two JSON secrets of a service with the layout secret', () => {
    const files = { [env]: 'B=1\nC=env\n#OFF=x', [yaml]: 'C: yaml\na: ""', [properties]: 'p=3' }
    const built = build(files, { layout: 'secret' })
    expect(built.entries.map(({ object, origin }) => [object, origin.name])).toEqual([
      ['secrets', yaml],
      ['properties', properties],
    ])
    expect(listValues(built).map(([, value]) => value)).toEqual(['{"B":"1","C":"yaml","a":""}', '{"p":"3"}'])
    expect(built.disabled).toEqual([{ prefix: 'web', object: 'secrets' }])
  })

  it('leaves out a byte order mark', () => {
    expect(listValues(build({ [env]: '\uFEFFA=1' }))).toEqual([['A', '1']])
  })

  it.each([
    ['RawFileInvalid', { [env]: Uint8Array.of(0xff) }],
    ['RawFileInvalid', { [yaml]: '- a' }],
    ['RawFileInvalid', { [properties]: 'a=\\ucanary-77d' }],
    ['SecretEmpty', { [env]: 'A=' }],
    ['SecretEmpty', { [yaml]: 'a: null' }],
    ['CiphertextLeftOver', { [env]: 'A=ENC[AES256_GCM,data:x]' }],
    ['CiphertextLeftOver', { [properties]: 'A=ENC[AES256_GCM,data:x]' }],
  ])('refuses with %s', (code, files) => {
    expect(() => build(files)).toThrow(expect.objectContaining({ code }))
  })
})
