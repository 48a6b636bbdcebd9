/** Polls until `read` gives something that `isDone` accepts. @throws where it does not in time, with the last value */
export async function waitFor<Value>(
  read: () => Value | Promise<Value>,
  isDone: (value: Value) => boolean,
  timeoutMs = 20_000,
): Promise<Value> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (isDone(value)) return value
    if (Date.now() > until) throw new Error(`waited in vain; last seen: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
