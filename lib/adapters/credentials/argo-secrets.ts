import { normalizeArgoUrl } from '../../core/source/argocd/argo-url.ts'
import type { SecretData } from './secret-data.ts'
import { readFirst } from './secret-data.ts'

/** A Secret of Argo CD that says how to log in to a repository, or to all below a URL. */
export type ArgoSecret = SecretData & { readonly labels: Readonly<Record<string, string>> }

/** Which Secrets are credentials for reading; those for writing are left alone. */
export const secretTypeLabel = 'argocd.argoproj.io/secret-type'

/** What makes an entry one that logs in. */
const loginKeys = [
  'username',
  'password',
  'bearerToken',
  'sshPrivateKey',
  'tlsClientCertData',
  'githubAppPrivateKey',
  'gcpServiceAccountKey',
  'useAzureWorkloadIdentity',
  'azureServicePrincipalClientSecret',
] as const

export interface ChosenSecret {
  /** `null` where there is none. */
  readonly secret: ArgoSecret | null
  /** A template that begins like the URL and ends within a name: it is not used, though Argo CD would. */
  readonly passedOver?: ArgoSecret
}

/**
 * The Secret that Argo CD would log in with for a repository of a project: the entry of the project, else one of no
 * project, or where it has no login the template with the longest URL above the repository. A template ends at a whole
 * part of the path, so that the one for `…/org` does not serve `…/org-evil`.
 */
export function chooseArgoSecret(
  secrets: readonly ArgoSecret[],
  { url, project }: { readonly url: string; readonly project: string },
): ChosenSecret {
  const wanted = normalizeArgoUrl(url)
  const entries = secrets.filter(
    (secret) => isOfType(secret, 'repository') && isGit(secret) && urlOf(secret) === wanted,
  )
  const own = entries.find((secret) => projectOf(secret) === project)
  const entry = own ?? entries.find((secret) => projectOf(secret) === '')
  if (entry && loginKeys.some((key) => readFirst(entry, key) !== undefined)) return { secret: entry }
  const templates = secrets
    .filter((secret) => isOfType(secret, 'repo-creds') && isGit(secret))
    .filter((secret) => urlOf(secret) !== '' && wanted.startsWith(urlOf(secret)))
    .sort((one, other) => urlOf(other).length - urlOf(one).length)
  const template = templates.find((secret) => endsAtPart(wanted, urlOf(secret)))
  const [passedOver] = templates.filter((secret) => !endsAtPart(wanted, urlOf(secret)))
  return { secret: template ?? entry ?? null, ...(passedOver && { passedOver }) }
}

function isOfType({ labels }: ArgoSecret, type: string): boolean {
  return labels[secretTypeLabel] === type
}

function isGit(secret: ArgoSecret): boolean {
  return ['git', undefined].includes(readFirst(secret, 'type'))
}

function projectOf(secret: ArgoSecret): string {
  return readFirst(secret, 'project') ?? ''
}

function urlOf(secret: ArgoSecret): string {
  return normalizeArgoUrl(readFirst(secret, 'url') ?? '')
}

function endsAtPart(url: string, prefix: string): boolean {
  return url === prefix || prefix.endsWith('/') || url.charAt(prefix.length) === '/'
}
