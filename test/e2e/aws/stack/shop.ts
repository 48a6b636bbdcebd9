import type { ConfigDetail } from '../../../../lib/core/status/describe-config.ts'
import type { FileChange, GitRepository } from '../../../servers/git-repository.ts'
import type { SeenSecret } from './account.ts'
import { readLines } from './function-logs.ts'
import { createConfigManifest, createSourceManifest, namespace, sourceName } from './manifests.ts'
import { createApplication } from './overlays.ts'
import type { Service } from './service.ts'
import { waitFor } from './wait-for.ts'

export type Changes = Readonly<Record<string, FileChange>>

/** A team, its repository, and the configs that publish its overlays. */
export interface Shop {
  readonly repository: GitRepository
  readonly url: string
  /** Commits and delivers the push as the Git host does. @returns the hash of the delivery */
  push(changes: Changes): Promise<string>
  /** Resolves to how many configs the look at the repository has poked, which a delivery has led to. */
  waitForLook(delivery: string): Promise<number>
  /** What the API says of the config of an overlay. */
  readConfig(overlay: string): Promise<ConfigDetail>
  /** Resolves when the config is as `isDone` wants it. */
  waitForConfig(
    overlay: string,
    isDone: (config: ConfigDetail) => boolean,
    timeoutMs?: number,
  ): Promise<ConfigDetail>
  /** Resolves when the config has published the newest commit. */
  waitForHead(overlay: string, timeoutMs?: number): Promise<ConfigDetail>
  waitForSecret(name: string, value: string, timeoutMs?: number): Promise<SeenSecret | null>
}

/** Makes the repository and publishes the manifests of its overlays `dev` and `prod`. */
export async function openShop(service: Service): Promise<Shop> {
  const { git, encrypt, manifests, cloud, api, account } = service
  const repository = git.createRepository('shop.git')
  const url = `${git.url}/shop.git`
  repository.commit(await createApplication(encrypt, 'shop', ['dev', 'prod']))
  await manifests.publish(
    'shop.yaml',
    createSourceManifest('shop', url),
    createConfigManifest('shop', 'dev', cloud.region),
    createConfigManifest('shop', 'prod', cloud.region),
  )
  const readConfig = async (overlay: string) => {
    const { body } = await api.call('GET', `/configs/${configIdOf(overlay)}`)
    return body as ConfigDetail
  }
  const waitForConfig: Shop['waitForConfig'] = (overlay, isDone, timeoutMs) =>
    waitFor(() => readConfig(overlay), isDone, timeoutMs)
  return {
    repository,
    url,
    push: async (changes) => {
      const { body } = await api.deliverPush(url, repository.commit(changes))
      return (body as { readonly delivery: string }).delivery
    },
    waitForLook: async (delivery) => {
      const isLook = (line: { readonly message: string; readonly requestId?: string }) =>
        line.message === 'repository looked at' && line.requestId === delivery
      const lines = await waitFor(
        () => readLines(cloud, 'worker'),
        (seen) => seen.some(isLook),
      )
      return lines.find(isLook)?.counts?.['poked'] ?? Number.NaN
    },
    readConfig,
    waitForConfig,
    waitForHead: async (overlay, timeoutMs) => {
      const commit = repository.git('rev-parse', 'main')
      const isAtHead = ({ phase, revision }: ConfigDetail) =>
        phase === 'Ready' && revision === `main@sha1:${commit}`
      return await waitForConfig(overlay, isAtHead, timeoutMs)
    },
    waitForSecret: (name, value, timeoutMs) =>
      waitFor(
        () => account.readSecret(name),
        (secret) => secret?.value === value,
        timeoutMs,
      ),
  }
}

/** Id of the config that publishes an overlay of the shop. */
export function configIdOf(overlay: string): string {
  return `${sourceName}/${namespace}/shop-${overlay}`
}
