import type { SshSession } from './session.ts'

/** Runs `work` in the session of `key`, which is opened if there is none. */
export type UseSession = <Result>(
  key: string,
  open: () => Promise<SshSession>,
  work: (session: SshSession) => Promise<Result>,
) => Promise<Result>

interface Entry {
  readonly opening: Promise<SshSession>
  users: number
  idle?: NodeJS.Timeout
}

/**
 * Keeps a session for the requests that follow each other within `idleMs`, since opening one takes longer than most
 * requests. One that ended, or in which a request failed, is not used again.
 */
export function createSessionPool(idleMs: number): UseSession {
  const entries = new Map<string, Entry>()

  function drop(key: string, entry: Entry): void {
    if (entries.get(key) === entry) entries.delete(key)
    clearTimeout(entry.idle)
    // Whoever asked for a session that did not open has been told.
    entry.opening.then((session) => session.close()).catch(() => {})
  }

  function find(key: string, open: () => Promise<SshSession>): Entry {
    const known = entries.get(key)
    if (known) return known
    const entry: Entry = { opening: open(), users: 0 }
    entries.set(key, entry)
    entry.opening
      .then(({ closed }) => closed)
      .then(
        () => drop(key, entry),
        () => drop(key, entry),
      )
    return entry
  }

  return async (key, open, work) => {
    const entry = find(key, open)
    clearTimeout(entry.idle)
    entry.users++
    try {
      return await work(await entry.opening)
    } catch (error) {
      drop(key, entry)
      throw error
    } finally {
      entry.users--
      if (entry.users === 0) entry.idle = setTimeout(() => drop(key, entry), idleMs).unref()
    }
  }
}
