import { stringify } from 'yaml'
import type { Encrypt } from './sops.ts'

const fields = ['--encrypted-regex', '^(data|stringData)$']
const root = 'deploy'

/** Files of a repository by path. */
export type Files = Readonly<Record<string, string>>

/** A base and one overlay for each stage of an application; values are encrypted for the key of `encrypt`. */
export async function createApplication(
  encrypt: Encrypt,
  name: string,
  stages: readonly string[],
): Promise<Files> {
  const overlays = await Promise.all(stages.map((stage) => createOverlay(encrypt, name, stage)))
  const base = {
    [`${root}/base/kustomization.yaml`]: stringify({ resources: ['secret.yaml'] }),
    [`${root}/base/secret.yaml`]: await encryptSecret(encrypt, { API_KEY: `${name}-base-api-key` }),
  }
  return Object.assign(base, ...overlays)
}

/** The file of an overlay that holds its password. */
export async function createPassword(encrypt: Encrypt, stage: string, password: string): Promise<Files> {
  return {
    [`${root}/${stage}/database.env`]: await encrypt('database.env', `DATABASE_PASSWORD=${password}\n`),
  }
}

/** Directory of an overlay in the repository. */
export function overlayPath(stage: string): string {
  return `${root}/${stage}`
}

async function createOverlay(encrypt: Encrypt, name: string, stage: string): Promise<Files> {
  return {
    [`${root}/${stage}/kustomization.yaml`]: stringify({
      resources: ['../base'],
      patches: [{ path: 'patch.yaml' }],
      secretGenerator: [{ name: 'database', envs: ['database.env'] }],
    }),
    [`${root}/${stage}/patch.yaml`]: await encryptSecret(encrypt, {
      SESSION_KEY: `${name}-${stage}-session`,
    }),
    ...(await createPassword(encrypt, stage, `${name}-${stage}-password`)),
  }
}

async function encryptSecret(
  encrypt: Encrypt,
  stringData: Readonly<Record<string, string>>,
): Promise<string> {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'application' }, stringData }
  return await encrypt('secret.yaml', stringify(secret), ...fields)
}
