import type { Command } from './command.ts'

interface CommandEntry {
  readonly about: string
  /** The module is loaded when the command runs, so that each starts fast. */
  load(): Promise<Command>
}

/** Every sub-command of `smc`, in the order of `smc --help`. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  serve: {
    about: 'run the service on this machine',
    load: async () => (await import('./serve.ts')).serve,
  },
  status: {
    about: 'show how each config stands',
    load: async () => (await import('./status.ts')).status,
  },
  plan: {
    about: 'show what a sync would do',
    load: async () => (await import('./plan.ts')).plan,
  },
  sync: {
    about: 'make the store equal to what Git says now',
    load: async () => (await import('./sync.ts')).sync,
  },
  suspend: {
    about: 'stop all work for a config',
    load: async () => (await import('./suspend.ts')).suspend,
  },
  resume: {
    about: 'let a config follow Git again',
    load: async () => (await import('./suspend.ts')).resume,
  },
  rollback: {
    about: 'go back to what was published before, and stay there',
    load: async () => (await import('./rollback.ts')).rollback,
  },
  prune: {
    about: 'approve deletions that wait for a person',
    load: async () => (await import('./prune.ts')).prune,
  },
  adopt: {
    about: 'take over what somebody else has made',
    load: async () => (await import('./adopt.ts')).adopt,
  },
  history: {
    about: 'show what was done for a config',
    load: async () => (await import('./history.ts')).history,
  },
  blame: {
    about: 'show what has set a secret, and who',
    load: async () => (await import('./blame.ts')).blame,
  },
  delivery: {
    about: 'show what has become of a delivery of the Git host',
    load: async () => (await import('./delivery.ts')).delivery,
  },
  secrets: {
    about: 'list the secrets of the local store, or show one',
    load: async () => (await import('./secrets.ts')).secrets,
  },
  parameters: {
    about: 'list the parameters of the local store, or show one',
    load: async () => (await import('./parameters.ts')).parameters,
  },
  build: {
    about: 'print the Secrets and ConfigMaps of an overlay',
    load: async () => (await import('./build.ts')).buildCommand,
  },
  decrypt: {
    about: 'print a SOPS file decrypted',
    load: async () => (await import('./decrypt.ts')).decryptCommand,
  },
  verify: {
    about: 'check that every encrypted file of a folder opens, and is as it was encrypted',
    load: async () => (await import('./verify.ts')).verify,
  },
  doctor: {
    about: 'say which keys open a file, or what is wrong with the configs',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  policy: {
    about: 'show what a config may use, and why',
    load: async () => (await import('./policy.ts')).policy,
  },
  quickstart: {
    about: 'print where the repository of the running quickstart is cloned from',
    load: async () => (await import('./quickstart.ts')).quickstart,
  },
  'deliver-push': {
    about: 'send a push to the running service, as a post-receive hook',
    load: async () => (await import('./deliver-push.ts')).deliverPush,
  },
}
