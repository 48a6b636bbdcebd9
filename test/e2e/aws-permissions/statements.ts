import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Scene } from '../aws/scenarios/scene.ts'
import { deployStack } from '../aws/stack/deployed-stack.ts'
import { openPolicies, type PlacedStatement, type Policies } from '../aws/stack/policies.ts'
import {
  type Probe,
  probeApi,
  probeReconcile,
  probeSweep,
  probeSync,
  probeWatch,
  probeWebhook,
} from './probes.ts'
import { simulateStatement } from './simulate-statement.ts'

/** What the emulator enforces: by which try it is noticed that the statement is gone, and how. */
const probes: readonly (readonly [statement: string, probe: Probe, failure: string])[] = [
  // First, since only what is in sync is swept.
  ['WorkerRole/List', probeSweep, 'StoreAccessDenied'],
  ['WebhookRole/WebhookSecrets', probeWebhook, 'StoreAccessDenied'],
  ['WebhookRole/Pokes', probeWebhook, 'QueueUnavailable'],
  ['WebhookRole/Deliveries', probeWebhook, 'StateUnavailable'],
  ['ReconcileRole/Heads', probeReconcile, 'The state table did not answer.'],
  ['ReconcileRole/Due', probeReconcile, 'The state table did not answer.'],
  ['ReconcileRole/Turn', probeReconcile, 'The state table did not answer.'],
  ['ReconcileRole/WatchPokes', probeReconcile, 'queue=watch'],
  ['ReconcileRole/SyncPokes', probeReconcile, 'queue=sync'],
  ['ReconcileRole/ManifestLists', probeReconcile, 'ConfigSourceUnavailable'],
  ['ReconcileRole/Manifests', probeReconcile, 'ConfigSourceUnavailable'],
  ['ApiRole/State', probeApi, 'StateUnavailable'],
  ['ApiRole/Requests', probeApi, 'StateUnavailable'],
  ['ApiRole/Pokes', probeApi, 'QueueUnavailable'],
  ['WorkerRole/SyncPokes', probeWatch, 'QueueUnavailable'],
  ['WorkerRole/State', probeSync, 'StateUnavailable'],
  ['WorkerRole/VersionKey', probeSync, 'VersionKeyUnavailable'],
  ['WorkerRole/Credentials', probeSync, 'StoreAccessDenied'],
  ['WorkerRole/DecryptionKeys', probeSync, 'KmsAccessDenied'],
  ['WorkerRole/ManifestLists', probeSync, 'ConfigSourceUnavailable'],
  ['WorkerRole/Manifests', probeSync, 'ConfigSourceUnavailable'],
  ['WorkerRole/Describe', probeSync, 'StoreAccessDenied'],
  ['WorkerRole/Create', probeSync, 'StoreAccessDenied'],
  ['WorkerRole/Write', probeSync, 'StoreAccessDenied'],
]

/** What is done to a secret, and which statement denies it whatever else is allowed. */
const denials: readonly (readonly [
  statement: string,
  attempt: (client: SecretsManagerClient) => Promise<unknown>,
])[] = [
  [
    'WorkerRole/NeverRead',
    (client) => client.send(new GetSecretValueCommand({ SecretId: 'shop-prod-API_KEY' })),
  ],
  [
    'WorkerRole/NeverWriteCredentials',
    (client) => client.send(new PutSecretValueCommand({ SecretId: 'smc/e2e/spare', SecretString: 'forged' })),
  ],
  [
    'WorkerRole/NeverForceDeletion',
    (client) =>
      client.send(new DeleteSecretCommand({ SecretId: 'scapegoat', ForceDeleteWithoutRecovery: true })),
  ],
]

/** Takes each statement out of its role on the live stack: something must fail that worked before. */
export function describeStatements(scene: () => Scene): void {
  let policies: Policies
  let statements: ReadonlyMap<string, PlacedStatement>

  beforeAll(async () => {
    policies = openPolicies(scene().service.cloud)
    statements = await listByName(policies)
  })

  const expectToDecide = async (placed: readonly (readonly [string, PlacedStatement])[]) => {
    for (const [name, statement] of placed) {
      const requests = await simulateStatement(policies, statement)
      expect({ [name]: requests.filter(({ isAsSaid }) => !isAsSaid) }).toEqual({ [name]: [] })
      const without = await policies.without(statement, () => simulateStatement(policies, statement))
      expect({ [name]: without.filter(({ isAsSaid }) => isAsSaid) }).toEqual({ [name]: [] })
    }
  }

  describe('with every statement', () => {
    it.each([
      ['the schedule passes', probeReconcile],
      ['the webhook takes a delivery', probeWebhook],
      ['the api answers', probeApi],
      ['a delivery reaches the configs that it concerns', probeWatch],
      ['a sync creates and edits', probeSync],
      ['a sweep lists', probeSweep],
    ])('%s', async (_, probe) => {
      expect(await probe(scene())).toBeNull()
    })
  })

  describe('without one statement', () => {
    it.each(probes)('%s something fails', async (name, probe, failure) => {
      const statement = statements.get(name)
      if (!statement) throw new Error(`no statement ${name}`)
      expect(await policies.without(statement, () => probe(scene()))).toContain(failure)
    })

    it.each(denials)('%s something is done that never is', async (name, attempt) => {
      const { account } = scene().service
      for (const spare of ['smc/e2e/spare', 'scapegoat']) {
        if (!(await account.readSecret(spare))) await account.createSecret(spare, 'spare')
      }
      const statement = statements.get(name)
      if (!statement) throw new Error(`no statement ${name}`)
      await expect(policies.tempt(statement, attempt)).rejects.toMatchObject({
        name: 'AccessDeniedException',
      })
      await policies.without(statement, () => policies.tempt(statement, attempt))
    })

    it('that the emulator does not enforce IAM decides otherwise', async () => {
      const others = [...statements].filter(([name]) => !probes.some(([probed]) => probed === name))
      expect(others.map(([name]) => name)).toContain('WorkerRole/NeverForceDeletion')
      await expectToDecide(others)
    })

    it('that is there for a cluster IAM decides otherwise', async () => {
      const { cloud, params } = scene().service
      await deployStack(cloud, { ...params, clusters: 'live=cluster://live', policy: 'single' })
      const all = await listByName(policies)
      const added = [...all].filter(([name]) => !statements.has(name))
      expect(added.map(([name]) => name)).toContain('WorkerRole/Clusters')
      await expectToDecide(added)
    })
  })
}

async function listByName(policies: Policies): Promise<ReadonlyMap<string, PlacedStatement>> {
  const listed = await policies.listStatements()
  const byName = new Map(listed.map((statement) => [`${statement.role}/${statement.Sid}`, statement]))
  expect(byName.size).toBe(listed.length)
  return byName
}
