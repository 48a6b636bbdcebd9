import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'ssh2'
import { collectOutput, type Output } from './collect-output.ts'
import { describeSshError, sshUnavailable } from './ssh-failure.ts'

/** A server that is who it should be, and that let us in. */
export interface SshSession {
  /** Runs one command. @throws {SyncError} GitUnavailable, GitFetchTooLarge */
  run(command: SshCommand): Promise<Output>
  /** Settles when the session is over, whoever ended it. */
  readonly closed: Promise<void>
  /** Ends the session, and with it what runs in it. */
  close(): void
}

export interface SshCommand {
  readonly line: string
  readonly env: Readonly<Record<string, string>>
  /** All of its input. */
  readonly input: string
  readonly maxOutputBytes: number
}

/** The session of a client that is logged in. */
export function createSession(
  client: Client,
  { url, timeoutMs }: { readonly url: string; readonly timeoutMs: number },
): SshSession {
  const closed = new Promise<void>((resolve) => client.once('close', resolve))

  /** What a short command has to say may come at once with its channel: it is listened to without a pause. */
  function execute(command: SshCommand): Promise<Output> {
    return new Promise((resolve, reject) => {
      client.exec(command.line, { env: command.env }, (error, channel) => {
        if (error) return reject(describeSshError(url, error))
        return collectOutput(channel, command).then(resolve, reject)
      })
    })
  }

  async function failAfter(event: Promise<unknown>, reason: string): Promise<never> {
    await event
    throw sshUnavailable(url, reason)
  }

  return {
    closed,
    close: () => client.destroy(),
    async run(command) {
      const isDone = new AbortController()
      const isLate = sleep(timeoutMs, undefined, { signal: isDone.signal, ref: false })
      try {
        const output = await Promise.race([
          execute(command),
          failAfter(closed, 'closed'),
          failAfter(isLate, 'TIMEOUT'),
        ])
        // A command that says nothing of its end was cut off.
        if (output.exitCode === null) throw sshUnavailable(url, 'closed')
        return output
      } finally {
        isDone.abort()
      }
    },
  }
}
