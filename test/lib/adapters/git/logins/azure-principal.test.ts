import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { chooseCredentials } from '../../../../../lib/adapters/credentials/choose-credentials.ts'
import { createClusterCredentials } from '../../../../../lib/adapters/credentials/cluster-credentials.ts'
import { createGitCredentials } from '../../../../../lib/adapters/credentials/git-credentials.ts'
import { createConnect } from '../../../../../lib/adapters/egress/connect.ts'
import { createEgress, type Egress } from '../../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../../lib/adapters/git/git-client.ts'
import { createMintedCredentials } from '../../../../../lib/adapters/git/logins/minted-credentials.ts'
import { parseGitRepository } from '../../../../../lib/core/source/flux/git-repository.ts'
import { createFakeClock } from '../../../../fakes/clock.ts'
import { startKubeServer } from '../../../../fakes/kube-server.ts'
import { createGitRepository } from '../../../../fakes/manifests.ts'
import { createRecordingTelemetry } from '../../../../fakes/recording-telemetry.ts'
import { startGitHttpServer } from '../../../../servers/git-http-server.ts'
import { startHttpServer } from '../../../../servers/http-server.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

function track<Server extends { close(): Promise<void> }>(server: Server): Server {
  cleanups.push(() => server.close())
  return server
}

/** Answers as Entra does where the client secret is right. */
const startEntra = async () =>
  track(
    await startHttpServer(async (request, response) => {
      const form = new URLSearchParams(await text(request))
      const isRight = request.url === '/tenant/oauth2/v2.0/token' && form.get('client_secret') === 'right'
      const answer = isRight
        ? { token_type: 'Bearer', expires_in: 3599, access_token: 'of-entra' }
        : { error: 'invalid_client', error_description: 'AADSTS7000215: canary' }
      response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer))
    }),
  )

/** A server that lets in who has the token, and reads with what the service itself holds under `secrets`. */
async function start(secrets: Readonly<Record<string, unknown>>, egress?: Egress) {
  const kube = await startKubeServer()
  const git = track(
    await startGitHttpServer({
      intercept: ({ headers }, response) => {
        if (headers.authorization === 'Bearer of-entra') return false
        response.writeHead(203, { 'content-type': 'text/html' }).end('<html>')
        return true
      },
    }),
  )
  const commit = git.createRepository('org/project/_git/app').commit({ a: '1' })
  const source = parseGitRepository(
    createGitRepository({
      url: `${git.url}/org/project/_git/app`,
      provider: 'azure',
      suspend: true,
    }),
    { name: 'prod', argocdNamespace: 'argocd' },
  )
  const clock = createFakeClock()
  const all = createEgress({ allowHttp: true, allowLoopback: true })
  const client = createGitClient({
    egress: all,
    connect: createConnect({}),
    readCredential: createMintedCredentials(
      chooseCredentials(
        createGitCredentials({
          prefix: 'smc/',
          readText: async (name) =>
            name in secrets ? JSON.stringify({ url: git.url, ...(secrets[name] as object) }) : null,
        }),
        createClusterCredentials({
          clients: new Map([['prod', kube.client()]]),
          telemetry: createRecordingTelemetry(),
          clock,
        }),
      ),
      {
        egress: egress ?? all,
        now: clock.now,
        readAwsCredentials: async () => ({ accessKeyId: '', secretAccessKey: '' }),
      },
    ),
  })
  return { commit, listRefs: async () => await client.listRefs(source), git }
}

const name = 'smc/git/prod/flux-system/repo'
const principal = { tenantId: 'tenant', clientId: 'client', clientSecret: 'right' }

it('reads Azure DevOps as the principal that the service holds for a GitRepository', async () => {
  const { url: authorityUrl } = await startEntra()
  const { listRefs, commit } = await start({ [name]: { azurePrincipal: { ...principal, authorityUrl } } })
  expect((await listRefs()).refs.get('HEAD')).toBe(commit)
})

it('says what is missing where the service holds none, and asks no server', async () => {
  const { listRefs, git } = await start({})
  await expect(listRefs()).rejects.toMatchObject({
    code: 'GitAuthFailed',
    data: { secret: 'git/prod/flux-system/repo', key: 'azurePrincipal' },
  })
  expect(git.requests).toEqual([])
})

it('quotes nothing of what Entra refuses, and sends the secret to no closed address', async () => {
  const { url: authorityUrl } = await startEntra()
  const azurePrincipal = { ...principal, clientSecret: 'canary-of-client', authorityUrl }
  const wrong = await start({ [name]: { azurePrincipal } })
  const thrown = await wrong.listRefs().catch((caught: unknown) => caught)
  expect(thrown).toMatchObject({ code: 'GitAuthFailed' })
  expect(JSON.stringify(thrown)).not.toContain('canary')
  const closed = await start({ [name]: { azurePrincipal } }, createEgress({}))
  await expect(closed.listRefs()).rejects.toMatchObject({ code: 'EgressForbidden' })
  expect([...wrong.git.requests, ...closed.git.requests]).toEqual([])
})
