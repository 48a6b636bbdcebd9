import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultPackLimits } from '../../../../../lib/adapters/git/packs/pack-limits.ts'
import { readPack } from '../../../../../lib/adapters/git/packs/read-pack.ts'
import { hashObject } from '../../../../../lib/core/git/object.ts'
import {
  deflateZeros,
  formatInsertion,
  formatPack,
  formatPackEntry,
  type PackEntrySketch,
  sealPack,
} from '../../../../fakes/git-pack.ts'
import { createGitRepository } from '../../../../servers/git-repository.ts'

const blob = (text: string): PackEntrySketch => ({ type: 'blob', data: Buffer.from(text) })
const oidOf = (text: string) => hashObject({ type: 'blob', bytes: Buffer.from(text) })
const read = (pack: Uint8Array, limits = {}) => readPack(pack, { ...defaultPackLimits, ...limits })
const expectCode = (code: string, pack: Uint8Array, limits = {}) =>
  expect(() => read(pack, limits)).toThrow(expect.objectContaining({ code }))

/** A chain of deltas, each on the one before it. */
function formatChain(length: number): Buffer {
  const entries = [formatPackEntry(blob('0'))]
  for (let index = 1; index <= length; index++) {
    const data = formatInsertion(String(index - 1).length, String(index))
    entries.push(formatPackEntry({ type: 'offset-delta', data, distance: entries.at(-1)?.length ?? 0 }))
  }
  return formatPack(entries)
}

function invertLast(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, -1), Buffer.of(~(bytes.at(-1) ?? 0))])
}

describe('readPack', () => {
  describe('on packs that Git wrote', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'read-pack-'))
    const repository = createGitRepository(join(scratch, 'app.git'))
    const lines = Array.from({ length: 2000 }, (_, index) => `key-${index}: value`)
    for (let revision = 0; revision < 10; revision++) {
      lines[revision * 190] = `changed-${revision}`
      repository.commit({ 'a/secrets.yaml': lines.join('\n'), [`b/${revision}`]: `${revision}` })
    }
    repository.git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'tag', '-am', 'x', 'v1')
    const oids = repository.git('rev-list', '--objects', '--all', '--no-object-names')
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))

    it.each([
      ['offset deltas', ['--delta-base-offset', '--window=50', '--depth=50']],
      ['id deltas', ['--window=50', '--depth=50']],
      ['no deltas', ['--window=0']],
      ['no compression', ['--compression=0']],
    ])('reads every object with %s', (_, options) => {
      const args = ['pack-objects', '--stdout', '-q', ...options]
      const pack = execFileSync('git', args, { cwd: repository.directory, input: oids, maxBuffer: 1e8 })
      const objects = read(pack)
      expect([...objects.keys()].sort()).toEqual(oids.split('\n').sort())
      const secrets = objects.get(repository.git('rev-parse', 'main:a/secrets.yaml'))
      expect(Buffer.from(secrets?.bytes ?? []).toString()).toBe(lines.join('\n'))
    })
  })

  it('reads nothing from an empty pack', () => {
    expect(read(formatPack([])).size).toBe(0)
  })

  it('finds the base of a delta that stands behind it', () => {
    const delta = { type: 'id-delta', data: formatInsertion(4, 'new'), base: oidOf('base') } as const
    const second = { type: 'id-delta', data: formatInsertion(3, 'newer'), base: oidOf('new') } as const
    const objects = read(formatPack([second, delta, blob('base')]))
    expect([...objects.keys()].sort()).toEqual([oidOf('base'), oidOf('new'), oidOf('newer')].sort())
  })

  it('builds upon an object that was there before', () => {
    const pack = formatPack([{ type: 'id-delta', data: formatInsertion(4, 'new'), base: oidOf('base') }])
    const known = { type: 'blob', bytes: Buffer.from('base') } as const
    const objects = readPack(pack, defaultPackLimits, (oid) => (oid === oidOf('base') ? known : null))
    expect([...objects.keys()]).toEqual([oidOf('new')])
  })

  it('accepts a chain of fifty deltas and refuses a longer one', () => {
    expect(read(formatChain(50)).has(oidOf('50'))).toBe(true)
    expectCode('GitFetchTooLarge', formatChain(51))
    expectCode('GitFetchTooLarge', formatChain(10_000))
  })

  it('counts objects, their sizes and their sum', () => {
    const pack = formatPack([blob('12345'), blob('1234'), { type: 'tree', data: Buffer.alloc(0) }])
    expect(read(pack, { maxObjects: 3, maxObjectBytes: 5, maxTotalBytes: 9 }).size).toBe(3)
    expectCode('GitFetchTooLarge', pack, { maxObjects: 2 })
    expectCode('GitFetchTooLarge', pack, { maxObjectBytes: 4 })
    expectCode('GitFetchTooLarge', pack, { maxTotalBytes: 8 })
    expectCode('GitFetchTooLarge', formatPack([], { count: 2 ** 32 - 1 }))
  })

  it('counts what a delta announces', () => {
    const delta = (data: Buffer) =>
      formatPack([blob('base'), { type: 'id-delta', data, base: oidOf('base') }])
    expectCode('GitFetchTooLarge', delta(formatInsertion(4, 'x', 2 ** 31)))
    expectCode('GitFetchTooLarge', delta(formatInsertion(4, 'x', 2 ** 53)))
  })

  it.each<[string, Uint8Array]>([
    ['is no pack', Buffer.from('<!DOCTYPE html><html></html>____________')],
    ['is empty', new Uint8Array()],
    ['has another version', formatPack([], { version: 4 })],
    ['has another trailer', formatPack([blob('x')], { trailer: Buffer.alloc(20) })],
    ['has fewer objects than it says', formatPack([blob('x')], { count: 2 })],
    ['has more objects than it says', formatPack([blob('x'), blob('y')], { count: 1 })],
    ['has an object that is smaller than it says', formatPack([{ ...blob('x'), sizeBytes: 2 }])],
    ['has an object that is larger than it says', formatPack([{ ...blob('xy'), sizeBytes: 1 }])],
    ['has an object that is not empty as it says', formatPack([{ ...blob('x'), sizeBytes: 0 }])],
    [
      'has an object that is no zlib stream',
      formatPack([{ ...blob('x'), compressed: Buffer.from('nonsense') }]),
    ],
    [
      'has an object with a wrong checksum',
      formatPack([{ ...blob('x'), compressed: invertLast(deflateSync('x')) }]),
    ],
    ['has a reserved type', formatPack([{ ...blob('x'), type: 'reserved' }])],
    [
      'has a delta on nothing',
      formatPack([{ type: 'id-delta', data: formatInsertion(0, 'x'), base: oidOf('') }]),
    ],
    [
      'has a delta on itself',
      formatPack([{ type: 'offset-delta', data: formatInsertion(0, 'x'), distance: 0 }]),
    ],
    [
      'has a delta on what precedes',
      formatPack([{ type: 'offset-delta', data: formatInsertion(0, 'x'), distance: 99 }]),
    ],
    [
      'has a delta within an object',
      formatPack([blob('x'), { type: 'offset-delta', data: formatInsertion(1, 'x'), distance: 3 }]),
    ],
  ])('refuses what %s', (_, pack) => {
    expectCode('GitDataInvalid', pack)
  })

  it('refuses a pack that is cut off anywhere', () => {
    const pack = formatChain(3)
    for (let length = 0; length < pack.length; length++)
      expectCode('GitDataInvalid', pack.subarray(0, length))
  })

  it('inflates nothing further than it is announced', () => {
    const zeros = deflateZeros(1024)
    expect(inflateSync(deflateZeros(2))).toEqual(Buffer.alloc(2 * 1024 * 1024))
    const cpuBefore = process.threadCpuUsage()
    expectCode('GitFetchTooLarge', formatPack([{ ...blob(''), sizeBytes: 2 ** 30, compressed: zeros }]))
    expectCode('GitDataInvalid', formatPack([{ ...blob(''), sizeBytes: 100, compressed: zeros }]))
    expect(process.threadCpuUsage(cpuBefore).user).toBeLessThan(500_000)
  })

  it('ends in objects or in an error of ours, whatever the bytes', () => {
    const chain = formatChain(5)
    const position = fc.nat(chain.length - 21)
    fc.assert(
      fc.property(position, fc.nat(255), (index, value) => {
        const body = Buffer.from(chain.subarray(0, -20))
        body[index] = value
        const pack = sealPack(body)
        try {
          read(pack)
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^Git(DataInvalid|FetchTooLarge)$/) })
        }
      }),
      { numRuns: 500 },
    )
  })
})
