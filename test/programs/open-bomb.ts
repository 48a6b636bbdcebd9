import { createConnect } from '../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../lib/adapters/git/git-client.ts'
import { isSyncError } from '../../lib/core/errors.ts'
import { deflateZeros, formatPack } from '../fakes/git-pack.ts'
import { formatPackAnswer, startUploadPackServer } from '../servers/upload-pack-server.ts'

/**
 * Opens a commit for which the server sends a pack of 1 MiB with a blob of 1 GiB, announced with as many bytes as the
 * first argument says, and prints what came of it. A process of its own, so that its peak of memory can be told.
 */
const sizeBytes = Number(process.argv[2])
const bomb = { type: 'blob', data: Buffer.alloc(0), sizeBytes, compressed: deflateZeros(1024) } as const
const body = formatPackAnswer(formatPack([bomb]))
const server = await startUploadPackServer({ answer: () => ({ body }) })
const egress = createEgress({ allowHttp: true, allowLoopback: true })
const connect = createConnect({ allowLoopback: true })
const client = createGitClient({ egress, connect, readCredential: async () => null })

const kibibyte = 1024
const peakBefore = process.resourceUsage().maxRSS
const startedAt = performance.now()
const thrown = await client
  .open({ url: `${server.url}/app.git` }, '1'.repeat(40))
  .catch((error: unknown) => error)
const durationMs = performance.now() - startedAt
const grownBytes = (process.resourceUsage().maxRSS - peakBefore) * kibibyte
await server.close()
console.log(JSON.stringify({ code: isSyncError(thrown) ? thrown.code : null, durationMs, grownBytes }))
