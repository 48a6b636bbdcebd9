import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { hashObject } from '../../../../lib/core/git/object.ts'
import { flushPkt, formatPktLine } from '../../../../lib/core/git/pkt-line.ts'
import {
  formatInsertion,
  formatPack,
  formatPackEntry,
  type PackEntrySketch,
} from '../../../fakes/git-pack.ts'
import { runawayMs } from '../../../fakes/own-time.ts'
import type { TestServer } from '../../../servers/http-server.ts'
import {
  formatPackAnswer,
  protocol2Offer,
  startUploadPackServer,
  type UploadPackScript,
} from '../../../servers/upload-pack-server.ts'

const egress = createEgress({ allowHttp: true, allowLoopback: true })
const connect = createConnect({ allowLoopback: true })
const mebibyte = 1024 * 1024
const started: TestServer[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()))
})

/** A client, and a server that plays `script`. */
async function meet(script: UploadPackScript) {
  const server = await startUploadPackServer(script)
  started.push(server)
  const client = createGitClient({ egress, connect, readCredential: async () => null })
  return { client, remote: { url: `${server.url}/team/app.git` } }
}

/** A commit of one file, as entries of a pack. */
const content = Buffer.from('kind: Secret\n')
const blob: PackEntrySketch = { type: 'blob', data: content }
const blobOid = hashObject({ type: 'blob', bytes: content })
const tree: PackEntrySketch = {
  type: 'tree',
  data: Buffer.concat([Buffer.from('100644 secret.yaml\0'), Buffer.from(blobOid, 'hex')]),
}
const treeOid = hashObject({ type: 'tree', bytes: tree.data })
const commit: PackEntrySketch = { type: 'commit', data: Buffer.from(`tree ${treeOid}\n\nx`) }
const commitOid = hashObject({ type: 'commit', bytes: commit.data })

const sendPack = (...entries: (PackEntrySketch | Uint8Array)[]): UploadPackScript => ({
  answer: () => ({ body: formatPackAnswer(formatPack(entries)) }),
})

describe('createGitClient', () => {
  it.each([
    ['says so', 1024 * mebibyte, 'GitFetchTooLarge'],
    ['says that it is small', 100, 'GitDataInvalid'],
  ])('ends soon on a pack of 1 MiB with a blob of 1 GiB that %s', (_, sizeBytes, code) => {
    const program = join(import.meta.dirname, '../../../programs/open-bomb.ts')
    const output = execFileSync(process.execPath, [program, String(sizeBytes)], { encoding: 'utf8' })
    const { durationMs, grownBytes, ...outcome } = JSON.parse(output)
    expect(outcome).toEqual({ code })
    expect(durationMs).toBeLessThan(runawayMs)
    expect(grownBytes).toBeLessThan(256 * mebibyte)
  })

  it('refuses a chain of 10,000 deltas', async () => {
    const chain = [formatPackEntry(blob)]
    for (let index = 0; index < 10_000; index++) {
      const data = formatInsertion(13, content.toString())
      chain.push(formatPackEntry({ type: 'offset-delta', data, distance: chain.at(-1)?.length ?? 0 }))
    }
    const { client, remote } = await meet(sendPack(...chain))
    await expect(client.open(remote, commitOid)).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
  })

  it('refuses a pack with a wrong trailer', async () => {
    const pack = formatPack([commit, tree], { trailer: Buffer.alloc(20) })
    const { client, remote } = await meet({ answer: () => ({ body: formatPackAnswer(pack) }) })
    await expect(client.open(remote, commitOid)).rejects.toMatchObject({ code: 'GitDataInvalid' })
  })

  it.each([
    ['nothing', []],
    ['the commit alone', [commit]],
    ['another commit', [{ ...commit, data: Buffer.from(`tree ${treeOid}\n\ny`) }, tree]],
    ['a blob in place of the tree', [commit, { ...tree, type: 'blob' as const }]],
  ])('refuses to open a commit for which it gets %s', async (_, entries) => {
    const { client, remote } = await meet(sendPack(...entries))
    await expect(client.open(remote, commitOid)).rejects.toMatchObject({ code: 'GitDataInvalid' })
  })

  it.each([
    ['no blob', []],
    ['another blob', [{ ...blob, data: Buffer.from('kind: Forged\n') }]],
  ])('refuses to read a file for which it gets %s', async (_, entries) => {
    const { client, remote } = await meet({
      answer: (body) => ({
        body: formatPackAnswer(formatPack(body.includes(`want ${commitOid}`) ? [commit, tree] : entries)),
      }),
    })
    const snapshot = await client.open(remote, commitOid)
    await expect(snapshot.readFiles(['secret.yaml'])).rejects.toMatchObject({
      code: 'GitDataInvalid',
      data: { path: 'secret.yaml' },
    })
  })

  it('cuts a list of refs of 100 MB, compressed, at its cap', async () => {
    const line = formatPktLine(`${commitOid} refs/heads/${'x'.repeat(900)}`)
    const list = gzipSync(line.repeat(Math.ceil(1e8 / line.length)))
    const headers = { 'content-encoding': 'gzip' }
    const scripts = [
      { advertise: () => ({ headers, body: list }) },
      { answer: () => ({ headers, body: list }) },
    ]
    for (const script of scripts) {
      const { client, remote } = await meet(script)
      const cpuBefore = process.threadCpuUsage()
      await expect(client.listRefs(remote)).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
      expect(process.threadCpuUsage(cpuBefore).user).toBeLessThan(1_000_000)
    }
  })

  it('cuts a pack that never ends', async () => {
    const { client, remote } = await meet({
      answer: () => ({ body: formatPackAnswer(Buffer.alloc(65 * mebibyte)) }),
    })
    await expect(client.open(remote, commitOid)).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
  })

  it('asks anew what a server offers after it failed', async () => {
    let contacts = 0
    let works = false
    const refs = formatPktLine(`${commitOid} refs/heads/main`) + flushPkt
    const { client, remote } = await meet({
      advertise: () => {
        contacts += 1
        return { body: protocol2Offer }
      },
      answer: () => (works ? { body: refs } : { status: 502 }),
    })
    await expect(client.listRefs(remote)).rejects.toMatchObject({
      code: 'GitUnavailable',
      data: { status: 502 },
    })
    works = true
    expect((await client.listRefs(remote)).refs.get('refs/heads/main')).toBe(commitOid)
    await client.listRefs(remote)
    expect(contacts).toBe(2)
  })
})
