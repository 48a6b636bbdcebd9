import type { GitRepository } from './git-repository.ts'

/** One request that a Git server saw. */
export interface SeenRequest {
  receivedBytes: number
  sentBytes: number
}

/** A Git server on loopback, with repositories in a directory of its own. */
export interface GitServer {
  readonly url: string
  /** Every request since the start, or since the array was emptied. */
  readonly requests: SeenRequest[]
  /** Makes the bare repository `name`, which is then served at `<url>/<name>`. */
  createRepository(name: string, objectFormat?: string): GitRepository
  close(): Promise<void>
}
