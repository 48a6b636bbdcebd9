import { join } from 'node:path'
import type { ClusterAdmin } from './admin.ts'

const root = join(import.meta.dirname, '../../../..')

/** Where the manifests are that a cluster is given for the service. */
export const kubernetesFolder = join(root, 'infra/kubernetes')

/** Gives the groups of the service the roles that a deployment gives them, and no leave to read Secrets. */
export async function installRoles(admin: ClusterAdmin): Promise<void> {
  await admin.applyFile(join(kubernetesFolder, 'reconcile.yaml'))
  await admin.applyFile(join(kubernetesFolder, 'worker.yaml'))
}

/** The kinds of the service, of Flux and of Argo CD, and the namespaces of the tests. */
export async function installKinds(admin: ClusterAdmin): Promise<void> {
  await admin.applyFile(join(kubernetesFolder, 'secretmanagerconfigs.yaml'))
  await admin.applyFile(join(import.meta.dirname, '../crds/gitrepositories.yaml'))
  await admin.applyFile(join(import.meta.dirname, '../crds/kustomizations.yaml'))
  await admin.applyFile(join(import.meta.dirname, '../crds/argocd.yaml'))
  for (const name of ['apps', 'other', 'flux-system', 'argocd', 'team-a', 'team-b', 'octopilot-system']) {
    await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
}
