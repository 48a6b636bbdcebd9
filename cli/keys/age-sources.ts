import { join } from 'node:path'
import type { Environment } from '../../lib/env.ts'

/** Variables that name files with age or SSH identities. */
const fileVariables = ['SOPS_AGE_KEY_FILE', 'SOPS_AGE_SSH_PRIVATE_KEY_FILE']

/** Variables that hold commands which print such identities. */
export const commandVariables = ['SOPS_AGE_KEY_CMD', 'SOPS_AGE_SSH_PRIVATE_KEY_CMD'] as const

/** Files that the variables of sops name. */
export function listNamedAgeFiles(environment: Environment): string[] {
  return fileVariables.flatMap((name) => environment[name] || [])
}

/**
 * Files in which sops looks for identities without being told; most people have just some of them.
 * @see https://getsops.io/docs/#encrypting-using-age
 */
export function listUsualAgeFiles(environment: Environment, platform: NodeJS.Platform): string[] {
  const { HOME: home } = environment
  const config = findConfigFolder(environment, platform)
  return [
    ...(home ? [join(home, '.ssh/id_ed25519'), join(home, '.ssh/id_rsa')] : []),
    ...(config ? [join(config, 'sops/age/keys.txt')] : []),
  ]
}

/** As Go's `os.UserConfigDir`, but that sops lets `XDG_CONFIG_HOME` count on macOS, too. */
function findConfigFolder(environment: Environment, platform: NodeJS.Platform): string | null {
  const { HOME: home, XDG_CONFIG_HOME: xdg } = environment
  if (xdg) return xdg
  if (!home) return null
  return platform === 'darwin' ? join(home, 'Library/Application Support') : join(home, '.config')
}
