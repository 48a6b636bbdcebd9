import { isSyncError, SyncError } from '../../core/errors.ts'
import type { CredentialRef } from '../../core/source/source.ts'
import type { Clock, Telemetry } from '../../ports.ts'
import type { ReadStoredCredential, StoredCredential } from '../git/logins/minted-credentials.ts'
import type { KubeClient } from '../kube/kube-client.ts'
import { type ArgoTrust, readArgoSecret } from './argo-secret.ts'
import { type ArgoSecret, chooseArgoSecret, secretTypeLabel } from './argo-secrets.ts'
import { readFluxSecret } from './flux-secret.ts'
import { readProxySecret } from './proxy-secret.ts'
import { credentialInvalid, readSecretData } from './secret-data.ts'

export interface ClusterCredentialOptions {
  /** The client of each cluster. */
  readonly clients: ReadonlyMap<string, KubeClient>
  readonly telemetry: Pick<Telemetry, 'log'>
  readonly clock: Pick<Clock, 'now'>
}

const secrets = { group: '', version: 'v1', plural: 'secrets' }
const configMaps = { group: '', version: 'v1', plural: 'configmaps' }
/** A replaced Secret counts after a minute. */
const keptMs = 60_000

/**
 * How to log in to Git servers, from the Secrets of the cluster that names them: one by its name, as Flux does, or the
 * one that Argo CD would choose for the URL. Where the cluster does not let the service see the Secrets of Argo CD,
 * the repository is read without any.
 * @throws {SyncError} (from the closure) GitAuthFailed, ClusterForbidden, ClusterAuthFailed, ConfigSourceUnavailable
 */
export function createClusterCredentials(options: ClusterCredentialOptions): ReadStoredCredential {
  const { clients, clock } = options
  const kept = new Map<string, { readonly value: Promise<unknown>; readonly until: number }>()
  const remember = async <Value>(key: string, read: () => Promise<Value>): Promise<Value> => {
    const known = kept.get(key)
    if (known && clock.now() < known.until) return (await known.value) as Value
    const value = read()
    kept.set(key, { value, until: clock.now() + keptMs })
    value.catch(() => kept.delete(key))
    return await value
  }
  return async (ref, url) => {
    const client = clients.get(ref.cluster ?? '')
    if (!client) throw new SyncError('GitAuthFailed', { data: { cluster: ref.cluster ?? '' } })
    // The role of the function itself, as the policy and AWS allow it.
    if (ref.provider === 'aws') return { urlPrefix: url, login: { codeCommit: true } }
    if (ref.provider === 'azure') throw noPrincipal(ref)
    if (ref.project === undefined) return await readNamed(client, ref, url)
    const { cluster, namespace } = ref
    const known = await remember(`${cluster}/${namespace}`, () => readArgo(options, client, ref))
    return chooseArgo(options, known, { url, project: ref.project })
  }
}

/** The identity with which Flux itself logs in to Azure DevOps cannot be had from outside of the cluster. */
function noPrincipal({ cluster, namespace, name }: CredentialRef): SyncError {
  const secret = `git/${cluster}/${namespace}/${name}`
  return credentialInvalid(
    { secret },
    'azurePrincipal',
    'is missing, which a secret of the service has to hold',
  )
}

async function readNamed(
  client: KubeClient,
  { namespace, name, provider, holds }: CredentialRef,
  url: string,
): Promise<StoredCredential | null> {
  const data = readSecretData(await client.get({ ...secrets, namespace }, name))
  if (data && holds === 'proxy') return { urlPrefix: url, proxy: readProxySecret(data) }
  return data && readFluxSecret(data, url, provider === 'github' ? provider : undefined)
}

/** What Argo CD knows of repositories. */
interface ArgoRepositories {
  readonly secrets: readonly ArgoSecret[]
  readonly knownHosts: string
  readonly certificates: Readonly<Record<string, string>>
}

async function readArgo(
  { telemetry }: ClusterCredentialOptions,
  client: KubeClient,
  { namespace }: CredentialRef,
): Promise<ArgoRepositories> {
  const quietly = async <Value>(read: () => Promise<Value>, otherwise: Value): Promise<Value> => {
    try {
      return await read()
    } catch (thrown) {
      if (!isSyncError(thrown, 'ClusterForbidden')) throw thrown
      telemetry.log('warn', 'credentials of Argo CD not readable', { code: thrown.code, step: namespace })
      return otherwise
    }
  }
  const readMap = async (name: string): Promise<Readonly<Record<string, string>>> => {
    const object = await client.get({ ...configMaps, namespace }, name)
    return { ...(object as { data?: Readonly<Record<string, string>> } | null)?.data }
  }
  const labelSelector = `${secretTypeLabel} in (repository,repo-creds)`
  const found = await quietly(() => client.list({ ...secrets, namespace }, { labelSelector }), null)
  if (found === null) return { secrets: [], knownHosts: '', certificates: {} }
  const { ssh_known_hosts: knownHosts = '' } = await quietly(() => readMap('argocd-ssh-known-hosts-cm'), {})
  return {
    secrets: found.flatMap((object) => readSecretData(object) ?? []),
    knownHosts,
    certificates: await quietly(() => readMap('argocd-tls-certs-cm'), {}),
  }
}

function chooseArgo(
  { telemetry }: ClusterCredentialOptions,
  { secrets: known, knownHosts, certificates }: ArgoRepositories,
  wanted: { readonly url: string; readonly project: string },
): StoredCredential | null {
  const { url } = wanted
  const ca = certificates[URL.parse(url)?.hostname ?? '']
  const trust: ArgoTrust = { knownHosts, ...(ca !== undefined && { ca }) }
  const { secret, passedOver } = chooseArgoSecret(known, wanted)
  if (passedOver) {
    telemetry.log('warn', 'a template of Argo CD ends within a name and is not used', {
      step: passedOver.secret,
    })
  }
  if (secret) return readArgoSecret(secret, url, trust)
  return ca === undefined ? null : { urlPrefix: url, ca }
}
