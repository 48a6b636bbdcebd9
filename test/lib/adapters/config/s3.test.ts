import { S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { createS3Source } from '../../../../lib/adapters/config/s3.ts'
import type { Manifest } from '../../../../lib/core/config/manifest.ts'
import type { ConfigSource } from '../../../../lib/ports.ts'
import { createConfigManifest, testConfigSource } from '../../../contracts/config-source.ts'
import { type S3Server, startS3Server } from '../../../fakes/s3-server.ts'

let server: S3Server
let client: S3Client
let source: ConfigSource

beforeEach(async () => {
  server = await startS3Server()
  client = new S3Client({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
    maxAttempts: 1,
  })
  source = createS3Source({ client, bucket: 'manifests', prefix: 'team/', name: 'team' })
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

const keyOf = ({ kind, metadata }: Manifest) => `team/${kind}-${metadata.namespace}-${metadata.name}.yaml`
const config = (name: string) => stringify(createConfigManifest(name))
const listed = async () => {
  const { manifests, problems } = await source.listConfigs()
  return { names: manifests.map(({ metadata }) => metadata.name), problems: problems.map(({ file }) => file) }
}

testConfigSource('s3', async () => ({
  source,
  publish: async (manifest) => void server.objects.set(keyOf(manifest), stringify(manifest)),
  withdraw: async (manifest) => void server.objects.delete(keyOf(manifest)),
  publishUnreadable: async () => void server.objects.set('team/0.yaml', 'a: [\n'),
}))

describe('createS3Source', () => {
  it('reads every page of manifests under the prefix, by key, and nothing else', async () => {
    for (const name of ['team/c.json', 'team/a/b.yml', 'team/a.yaml', 'other/a.yaml', 'team/readme.md']) {
      server.objects.set(name, config(name.replaceAll(/\W/g, '-')))
    }
    expect(await listed()).toEqual({ names: ['team-a-yaml', 'team-a-b-yml', 'team-c-json'], problems: [] })
  })

  it('reads again only what has changed', async () => {
    server.objects.set('team/a.yaml', config('a')).set('team/b.yaml', config('b'))
    await listed()
    server.objects.set('team/b.yaml', config('c'))
    const before = server.calls.length
    expect(await listed()).toEqual({ names: ['a', 'c'], problems: [] })
    expect(server.calls.slice(before)).toEqual(['list', 'get team/b.yaml'])
  })

  it('names files that are too large or no text, and reads the others', async () => {
    server.objects
      .set('team/a.yaml', `#${' '.repeat(1024 * 1024)}`)
      .set('team/b.yaml', Uint8Array.of(0xff, 0xfe))
      .set('team/c.yaml', config('c'))
    expect(await listed()).toEqual({ names: ['c'], problems: ['team/a.yaml', 'team/b.yaml'] })
  })

  it('passes over what was removed after it was listed', async () => {
    server.objects.set('team/a.yaml', config('a'))
    server.refuse = (call) => (call === 'list' ? undefined : 'NoSuchKey')
    expect(await listed()).toEqual({ names: [], problems: [] })
  })

  it.each(['list', 'get team/a.yaml'])(
    'believes nothing to be gone when S3 refuses to %s',
    async (refused) => {
      server.objects.set('team/a.yaml', config('a'))
      server.refuse = (call) => (call === refused ? 'AccessDenied' : undefined)
      const thrown = await source.listConfigs().catch((caught: unknown) => caught)
      expect(thrown).toMatchObject({ code: 'ConfigSourceUnavailable', data: { error: 'AccessDenied' } })
      expect(JSON.stringify(thrown)).not.toContain('canary')
    },
  )
})
