import type { GitHost } from '../../ports.ts'
import { github } from './github.ts'

/** The Git hosts whose webhooks are served, each under `/webhooks/<key>`. */
export const gitHosts = { github } as const satisfies Record<string, GitHost>
