/** Runs `work` once for callers that want the same at the same time; nothing is kept when it is done. */
export function shareInFlight<Value>(work: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const inFlight = new Map<string, Promise<Value>>()
  return (key) => {
    const running = inFlight.get(key) ?? work(key).finally(() => inFlight.delete(key))
    inFlight.set(key, running)
    return running
  }
}
