import type { Command } from './command.ts'

interface CommandEntry {
  readonly about: string
  /** The module is loaded when the command runs, so that each starts fast. */
  load(): Promise<Command>
}

/** Every sub-command of `smc`, in the order of `smc --help`. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  decrypt: {
    about: 'print a SOPS file decrypted',
    load: async () => (await import('./decrypt.ts')).decryptCommand,
  },
}
