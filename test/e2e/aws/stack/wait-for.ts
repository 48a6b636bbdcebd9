/** Polls until `read` gives something that `isDone` accepts. @throws where it does not in time, with the last value */
export async function waitFor<Value>(
  read: () => Value | Promise<Value>,
  isDone: (value: Value) => boolean,
  timeoutMs = 30_000,
): Promise<Value> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (isDone(value)) return value
    if (Date.now() > until) throw new Error(`waited in vain; last seen: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const quietMs = 700

/** What `read` gives when it has given the same for a while. */
export async function waitForQuiet(read: () => Promise<string>): Promise<string> {
  for (let last = await read(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, quietMs))
    const now = await read()
    if (now === last) return now
    last = now
  }
}
