interface Waiting<Answer> {
  readonly key: string
  resolve(answer: Answer | undefined): void
  reject(reason: unknown): void
}

/**
 * Turns calls for one key into calls for many: what is asked for within one turn of the event loop goes out together.
 * @param size how many keys a call takes
 * @param call answers what it knows; a key that it leaves out resolves to `undefined`
 */
export function batchCalls<Answer>(
  size: number,
  call: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
): (key: string) => Promise<Answer | undefined> {
  let waiting: Waiting<Answer>[] = []

  const send = async (batch: readonly Waiting<Answer>[]): Promise<void> => {
    try {
      const answers = await call([...new Set(batch.map(({ key }) => key))])
      for (const { key, resolve } of batch) resolve(answers.get(key))
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown)
    }
  }
  const flush = () => {
    const batch = waiting
    waiting = []
    for (let start = 0; start < batch.length; start += size) void send(batch.slice(start, start + size))
  }
  return async (key) =>
    await new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ key, resolve, reject })
    })
}
