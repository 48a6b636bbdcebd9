import { join } from 'node:path'
import { type KubeObject, readObjects } from '../control-plane/admin.ts'
import { kubernetesFolder } from '../control-plane/kinds.ts'

export type Fields = Readonly<Record<string, unknown>>
export type Texts = Readonly<Record<string, string>>

/** The only file of a service in raw mode. */
export const envFile = 'api/deployment-configuration/dev/application.secrets.env'

/** A SecretManagerConfig in raw mode that follows the GitRepository `shop`, and whose secrets begin with its name. */
export function createConfig(name: string, spec: Fields = {}, namespace = 'apps'): KubeObject {
  return {
    apiVersion: 'secret-management.octopilot.io/v1beta1',
    kind: 'SecretManagerConfig',
    metadata: { name, namespace },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'shop', namespace },
      provider: { aws: { region: 'eu-west-1' } },
      secrets: { environment: 'dev', prefix: name },
      ...spec,
    },
  }
}

export function createSecret(
  name: string,
  values: Texts,
  { namespace = 'apps', labels = {} }: { namespace?: string; labels?: Texts } = {},
): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels }, stringData: values }
}

export function createConfigMap(name: string, data: Texts, namespace = 'apps'): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data }
}

/** The component `credentials` with a namespace and names patched in: lets the worker read these Secrets. */
export function createSecretGrant(names: readonly string[], namespace = 'apps'): KubeObject[] {
  return readObjects(join(kubernetesFolder, 'credentials/secrets.yaml')).map((object) => ({
    ...object,
    metadata: { ...object.metadata, namespace },
    ...(object.kind === 'Role' && {
      rules: (object['rules'] as Fields[]).map((rule) => ({ ...rule, resourceNames: names })),
    }),
  }))
}

/** An instant as controllers write it. */
export function formatSeconds(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+/, '')
}
