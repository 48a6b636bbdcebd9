import { describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { KeyEntry, KeyGroup, KeyKind } from '../../../../lib/core/sops/keys/key-entry.ts'
import type { KeyFailure } from '../../../../lib/core/sops/keys/key-report.ts'
import type { KeyService } from '../../../../lib/ports.ts'
import { createDataKeyCache } from '../../../../lib/sync/load/data-key-cache.ts'
import { createDataKeyUnwrapper } from '../../../../lib/sync/load/unwrap-data-key.ts'

const dataKey = new Uint8Array(32).fill(7)

/** A part of the secret that is 7 in every byte, on the line 7 + 1·x. */
function partAt(x: number): Uint8Array {
  return Uint8Array.from([...new Uint8Array(32).fill(7 ^ x), x])
}

function age(enc: string): KeyEntry {
  return { kind: 'age', recipient: `age-${enc}`, enc }
}

/** Groups of age keys, one letter a key. */
function ageGroups(...groups: string[]): KeyGroup[] {
  return groups.map((letters) => [...letters].map(age))
}

function pgp(enc: string): KeyEntry {
  return { kind: 'pgp', fingerprint: `pgp-${enc}`, enc }
}

function kms(enc: string): KeyEntry {
  return { kind: 'kms', arn: `arn-${enc}`, context: {}, enc }
}

/** A service that opens what `answers` lists under the `enc` of an entry, and notes the order of calls. */
function createFake(
  kind: KeyKind,
  answers: Readonly<Record<string, Uint8Array | Error>>,
  calls: string[] = [],
): KeyService {
  return {
    kind,
    isGranted: ({ enc }) => enc !== 'foreign',
    async unwrap({ enc }) {
      calls.push(enc)
      const answer = answers[enc]
      if (answer instanceof Error) throw answer
      return answer ?? null
    },
  }
}

describe('a file with one key group', () => {
  it('takes the first key that opens and asks no further', async () => {
    const calls: string[] = []
    const services = [createFake('age', { b: dataKey, c: dataKey }, calls)]
    const unwrap = createDataKeyUnwrapper({ services })
    expect(await unwrap([[age('a'), age('b'), age('c')]], 0)).toEqual(dataKey)
    expect(calls).toEqual(['a', 'b'])
  })

  it.each<[string, KeyKind[] | undefined, string[]]>([
    ['age, then pgp, then the rest by default', undefined, ['a1', 'a2', 'p1', 'k1']],
    ['the kinds that are asked for first', ['kms', 'pgp'], ['k1', 'p1', 'a1', 'a2']],
    ['the order of the file when no kind comes first', [], ['k1', 'p1', 'a1', 'a2']],
  ])('tries %s', async (_, order, expected) => {
    const calls: string[] = []
    const services = (['age', 'pgp', 'kms'] as const).map((kind) => createFake(kind, {}, calls))
    const unwrap = createDataKeyUnwrapper({ services, ...(order && { order }) })
    await expect(unwrap([[kms('k1'), pgp('p1'), age('a1'), age('a2')]], 0)).rejects.toThrow()
    expect(calls).toEqual(expected)
  })

  it('asks every service of the kind', async () => {
    const services = [createFake('age', {}), createFake('age', { a: dataKey })]
    expect(await createDataKeyUnwrapper({ services })([[age('a')]], 0)).toEqual(dataKey)
  })

  it('goes on after a key that is broken, empty or of the wrong size', async () => {
    const services = [
      createFake('age', {
        a: new SyncError('SopsKeyInvalid'),
        b: new Uint8Array(),
        c: partAt(1),
        d: new TypeError('bug'),
        e: dataKey,
      }),
    ]
    const unwrap = createDataKeyUnwrapper({ services })
    expect(await unwrap([['a', 'b', 'c', 'd', 'e'].map(age)], 2)).toEqual(dataKey)
  })

  it('never asks a service for a key that is not granted', async () => {
    const calls: string[] = []
    const unwrap = createDataKeyUnwrapper({ services: [createFake('age', { foreign: dataKey }, calls)] })
    await expect(unwrap([[age('foreign')]], 0)).rejects.toMatchObject({ code: 'SopsKeyNotGranted' })
    expect(calls).toEqual([])
  })

  it('names every key and why it failed', async () => {
    const onFailure = vi.fn()
    const services = [createFake('age', {}), createFake('kms', { k: new SyncError('KmsAccessDenied') })]
    const unwrap = createDataKeyUnwrapper({ services, onFailure })
    await expect(unwrap([[kms('k'), age('a'), pgp('p')]], 0)).rejects.toMatchObject({
      code: 'KmsAccessDenied',
      data: {
        keys: ['age-a: SopsNoMatchingKey', 'pgp-p: SopsNoMatchingKey', 'arn-k: KmsAccessDenied'],
        groupsRecovered: 0,
        groupsNeeded: 1,
      },
    })
    const [report] = onFailure.mock.calls.flat()
    expect(report).toMatchObject({ groups: [{ recovered: false }], needed: 1 })
    expect(report.groups[0].failures.map(({ reason }: KeyFailure) => reason)).toEqual([
      expect.stringContaining('none of the age keys fits'),
      expect.stringContaining('no pgp key was given'),
      expect.any(String),
    ])
  })
})

describe('a file with several key groups', () => {
  const unwrap = createDataKeyUnwrapper({
    services: [createFake('age', { a: partAt(1), b: partAt(2), c: partAt(3), w: dataKey })],
  })

  it.each<[string, KeyGroup[], number]>([
    ['all parts', ageGroups('a', 'b', 'c'), 2],
    ['the threshold alone', ageGroups('a', 'x', 'c'), 2],
    ['a second key of a group', ageGroups('a', 'xb', 'x'), 2],
    ['two parts where the file names no threshold', ageGroups('a', 'b', 'x'), 0],
  ])('combines %s', async (_, groups, threshold) => {
    expect(await unwrap(groups, threshold)).toEqual(dataKey)
  })

  it.each([
    { what: 'too few parts', groups: ageGroups('a', 'x', 'x'), threshold: 2, groupsRecovered: 1 },
    {
      what: 'less than a high threshold',
      groups: ageGroups('a', 'b', 'x'),
      threshold: 3,
      groupsRecovered: 2,
    },
    { what: 'one part without a threshold', groups: ageGroups('a', 'x'), threshold: 0, groupsRecovered: 1 },
    { what: 'a whole data key as a part', groups: ageGroups('a', 'w'), threshold: 2, groupsRecovered: 1 },
  ])('refuses $what', async ({ groups, threshold, groupsRecovered }) => {
    await expect(unwrap(groups, threshold)).rejects.toMatchObject({
      code: 'SopsNoMatchingKey',
      data: { groupsRecovered },
    })
  })

  it('refuses parts that do not fit together', async () => {
    await expect(unwrap(ageGroups('a', 'a'), 2)).rejects.toMatchObject({ code: 'SopsNoMatchingKey' })
  })

  it('opens groups at the same time, up to the limit over all files', async () => {
    let running = 0
    let most = 0
    const slow: KeyService = {
      kind: 'age',
      isGranted: () => true,
      async unwrap({ enc }) {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setImmediate(resolve))
        running--
        return partAt(Number(enc))
      },
    }
    const limited = createDataKeyUnwrapper({ services: [slow], limit: 3 })
    const groups = ageGroups('1', '2', '3', '4')
    await Promise.all([limited(groups, 2), limited(groups, 2)])
    expect(most).toBe(3)
  })
})

describe('a cache', () => {
  const cache = createDataKeyCache({ capacity: 10, maxAgeMs: 1000, now: () => 0 })

  it('is filled by many files at once with one call for each entry', async () => {
    const calls: string[] = []
    const services = [createFake('kms', { k: dataKey }, calls)]
    const unwrap = createDataKeyUnwrapper({ services, cache: cache.forGrant('a') })
    await Promise.all(Array.from({ length: 300 }, () => unwrap([[kms('k')]], 0)))
    expect(calls).toEqual(['k'])
  })

  it('is not asked for a key that is not granted, however warm it is', async () => {
    const calls: string[] = []
    const opener: KeyService = { ...createFake('kms', { k: dataKey }, calls), isGranted: () => false }
    const unwrap = createDataKeyUnwrapper({ services: [opener], cache: cache.forGrant('a') })
    await expect(unwrap([[kms('k')]], 0)).rejects.toMatchObject({ code: 'SopsKeyNotGranted' })
    expect(calls).toEqual([])
  })
})
