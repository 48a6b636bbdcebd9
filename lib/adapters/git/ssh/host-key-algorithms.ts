import type { ServerHostKeyAlgorithm } from 'ssh2'
import type { KnownHost } from '../../../core/git/known-hosts.ts'

/** The signature algorithms of the kinds of key that are known of a host; RSA never with SHA-1. */
export function listHostKeyAlgorithms({ trusted }: KnownHost): ServerHostKeyAlgorithm[] {
  const types = new Set(trusted.map(({ type }) => type))
  return [...types].flatMap((type) => algorithmsOfKeys.get(type) ?? [])
}

const algorithmsOfKeys = new Map<string, readonly ServerHostKeyAlgorithm[]>([
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
])
