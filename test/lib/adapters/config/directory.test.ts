import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { stringify } from 'yaml'
import { createDirectorySource } from '../../../../lib/adapters/config/directory.ts'
import type { Manifest } from '../../../../lib/core/config/manifest.ts'
import {
  createConfigManifest,
  repositoryManifest,
  secretManifest,
  testConfigSource,
} from '../../../contracts/config-source.ts'

function openFolder(files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'smc-manifests-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const write = (file: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  return { folder, write, source: createDirectorySource({ path: folder, name: 'local' }) }
}

const fileOf = ({ kind, metadata }: Manifest) => `${kind}-${metadata.namespace}-${metadata.name}.yaml`

testConfigSource('directory', async () => {
  const { folder, write, source } = openFolder()
  return {
    source,
    publish: async (manifest) => write(fileOf(manifest), stringify(manifest)),
    withdraw: async (manifest) => rmSync(join(folder, fileOf(manifest))),
    publishUnreadable: async () => write('0.yaml', 'a: [\n'),
  }
})

const config = (name: string) => stringify(createConfigManifest(name))
const listed = async ({ source }: ReturnType<typeof openFolder>) => {
  const { manifests, problems } = await source.listConfigs()
  return { names: manifests.map(({ metadata }) => metadata.name), problems: problems.map(({ file }) => file) }
}

describe('createDirectorySource', () => {
  it('reads YAML and JSON files of any depth, by path, and nothing hidden', async () => {
    const opened = openFolder({
      'b.yml': `# a comment\n---\n${config('b1')}---\n${config('b2')}`,
      'a/z.yaml': config('a'),
      'c.json': JSON.stringify(createConfigManifest('c'), null, '\t'),
      'readme.md': config('no'),
      '.hidden.yaml': config('no'),
      '.git/a.yaml': config('no'),
      'values.yaml': 'just: a map\n',
    })
    expect(await listed(opened)).toEqual({ names: ['a', 'b1', 'b2', 'c'], problems: [] })
  })

  it('takes the name of the folder where none is given', () => {
    expect(createDirectorySource({ path: '/srv/manifests/' }).name).toBe('manifests')
  })

  it('follows links within the folder and none that lead out of it', async () => {
    const outside = openFolder({ 'secret.yaml': config('outside') })
    const opened = openFolder({ '..data/real.yaml': config('mounted') })
    symlinkSync('..data/real.yaml', join(opened.folder, 'a.yaml'))
    symlinkSync(join(outside.folder, 'secret.yaml'), join(opened.folder, 'b.yaml'))
    symlinkSync('/dev/zero', join(opened.folder, 'c.yaml'))
    symlinkSync('missing.yaml', join(opened.folder, 'd.yaml'))
    symlinkSync(outside.folder, join(opened.folder, 'folder'))
    expect(await listed(opened)).toEqual({ names: ['mounted'], problems: ['b.yaml', 'c.yaml', 'd.yaml'] })
  })

  it('does not read a file of more than 1 MiB', async () => {
    const opened = openFolder({ 'a.yaml': config('a') })
    opened.write('large.yaml', `${config('large')}#${'x'.repeat(1024 * 1024)}`)
    opened.write('binary.yaml', Uint8Array.of(0xff, 0xfe, 0x00))
    expect(await listed(opened)).toEqual({ names: ['a'], problems: ['binary.yaml', 'large.yaml'] })
  })

  it('takes none of several objects with the same name', async () => {
    const opened = openFolder({
      'a.yaml': config('twice'),
      'b.yaml': config('twice'),
      'c.yaml': config('once'),
    })
    expect(await listed(opened)).toEqual({ names: ['once'], problems: ['a.yaml', 'b.yaml'] })
    const files = ['a.yaml', 'b.yaml']
    await expect(opened.source.readConfig('apps', 'twice')).rejects.toMatchObject({
      code: 'ManifestUnreadable',
      data: { files },
    })
  })

  it('takes for gone only what can be in no file', async () => {
    const opened = openFolder({ 'a.yaml': config('web'), 'b.yaml': config('api') })
    opened.write('a.yaml', 'kind: [\n')
    await expect(opened.source.readConfig('apps', 'web')).rejects.toMatchObject({
      code: 'ManifestUnreadable',
      data: { files: ['a.yaml'] },
    })
    expect(await opened.source.readConfig('apps', 'api')).toMatchObject({ metadata: { name: 'api' } })
    opened.write('a.yaml', '')
    expect(await opened.source.readConfig('apps', 'web')).toBeNull()
  })

  it('tells objects of the same kind apart by their group', async () => {
    const foreign = { ...repositoryManifest, apiVersion: 'example.com/v1' }
    const { source } = openFolder({ 'a.yaml': stringify(foreign) })
    const ref = { kind: 'GitRepository', namespace: 'flux-system', name: 'infra' } as const
    expect(await source.readSource(ref)).toBeNull()
  })

  it('reads no encrypted Secret, which stands in the way of Secrets alone', async () => {
    const { source } = openFolder({
      'a.yaml': stringify({ ...secretManifest, sops: { mac: 'ENC[]' } }),
      'b.yaml': config('web'),
    })
    const ref = { kind: 'Secret', namespace: 'flux-system', name: 'variables' } as const
    await expect(source.readVariables(ref)).rejects.toMatchObject({
      code: 'ManifestUnreadable',
      data: { files: ['a.yaml'] },
    })
    expect(await source.readVariables({ ...ref, kind: 'ConfigMap' })).toBeNull()
    expect(await source.listConfigs()).toMatchObject({ manifests: [{}], problems: [] })
    expect(await source.readConfig('apps', 'gone')).toBeNull()
  })

  it('refuses a folder that is not there', async () => {
    const source = createDirectorySource({ path: join(openFolder().folder, 'missing') })
    await expect(source.listConfigs()).rejects.toMatchObject({ code: 'ManifestUnreadable' })
  })
})
