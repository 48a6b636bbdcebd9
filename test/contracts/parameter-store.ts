import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SecretValue } from '../../lib/core/secret-value.ts'
import type { NewParameter, ParameterStore } from '../../lib/ports.ts'
import { versionId } from './store-under-test.ts'

/** How a store shows what the port hides. */
export interface ParametersUnderTest {
  readonly store: ParameterStore
  /** Type, tier and value of a parameter of the store; names begin with `/`. */
  read(name: string): Promise<{ readonly type: string; readonly tier: string; readonly value: string } | null>
  /** Somebody else writes a value, in the console say, where the description stays. */
  edit(name: string, value: string): Promise<void>
  close(): Promise<void>
}

const name = 'ssm:/shop/dev/log_level'
const tags = { 'managed-by': 'somebody', a: '1' }

function create(value: string, more: Partial<NewParameter> = {}): NewParameter {
  return { name, versionId: versionId(1), value: SecretValue.fromText(value), kind: 'parameter', ...more }
}

/** What every store of parameters keeps to. */
export function testParameterStore(title: string, open: () => Promise<ParametersUnderTest>): void {
  describe(`the contract of parameter stores: ${title}`, () => {
    let opened: ParametersUnderTest
    let store: ParameterStore

    beforeEach(async () => {
      opened = await open()
      store = opened.store
    })
    afterEach(async () => await opened.close())

    const codeOf = async (work: Promise<unknown>) =>
      await work.then(
        () => null,
        (thrown) => thrown.code,
      )

    it('knows no parameter before it is created', async () => {
      expect(await store.describe(name)).toBeNull()
      expect(await codeOf(store.put(create('v')))).toBe('SecretNotFound')
      expect(await codeOf(store.tag(name, { a: '2' }))).toBe('SecretNotFound')
    })

    it('creates a parameter with its tags and its version id', async () => {
      await store.create({ ...create('debug'), tags })
      expect(await store.describe(name)).toEqual({
        name,
        current: versionId(1),
        versions: new Map([[versionId(1), ['AWSCURRENT']]]),
        tags,
        parameter: { number: 1, type: 'String' },
      })
      expect(await opened.read('/shop/dev/log_level')).toEqual({
        type: 'String',
        tier: 'Standard',
        value: 'debug',
      })
    })

    it('creates none over another', async () => {
      await store.create({ ...create('a'), tags })
      expect(await codeOf(store.create({ ...create('b', { versionId: versionId(2) }), tags }))).toBe(
        'SecretExists',
      )
      expect(await store.describe(name)).toMatchObject({ current: versionId(1) })
    })

    it('replaces a value and keeps the tags', async () => {
      await store.create({ ...create('a'), tags })
      await store.put(create('b', { versionId: versionId(2) }))
      await store.put(create('ä\u0000c', { versionId: versionId(3) }))
      expect(await store.describe(name)).toMatchObject({ current: versionId(3), tags })
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ value: 'ä\u0000c' })
    })

    it('shows that somebody else has written since', async () => {
      await store.create({ ...create('a'), tags })
      await opened.edit('/shop/dev/log_level', 'by hand')
      const edited = (await store.describe(name))?.current
      expect(edited).toMatch(/^parameter-version-0+2$/)
      await store.put(create('a'))
      expect(await store.describe(name)).toMatchObject({ current: versionId(1) })
      await opened.edit('/shop/dev/log_level', 'again')
      expect((await store.describe(name))?.current).not.toBe(edited)
    })

    it('tells the versions of many at once', async () => {
      const other = 'ssm:/shop/dev/other'
      await store.create({ ...create('a'), tags })
      await store.create({ ...create('b', { name: other, versionId: versionId(2) }), tags })
      await opened.edit('/shop/dev/other', 'by hand')
      expect(await store.readVersions([name, other, 'ssm:/shop/dev/none'])).toEqual(
        new Map([
          [name, versionId(1)],
          [other, 'parameter-version-00000000000002'],
        ]),
      )
      expect(await store.readVersions([])).toEqual(new Map())
    })

    it('takes the tier that the size needs, and never the lower one again', async () => {
      await store.create({ ...create('x'.repeat(4_096)), tags })
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ tier: 'Standard' })
      await store.put(create('x'.repeat(4_097)))
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ tier: 'Advanced' })
      await store.put(create('x'.repeat(8_192)))
      await store.put(create('small', { versionId: versionId(2) }))
      expect(await opened.read('/shop/dev/log_level')).toEqual({
        type: 'String',
        tier: 'Advanced',
        value: 'small',
      })
    })

    it.each([
      ['ParameterTooLarge', create('x'.repeat(8_193))],
      ['SecretEmpty', create('')],
      ['ParameterNameInvalid', create('x', { name: 'ssm:/aws/x' })],
    ])('refuses with %s', async (code, parameter) => {
      expect(await codeOf(store.create({ ...parameter, tags }))).toBe(code)
      expect(await codeOf(store.put(parameter))).toBe(code)
      expect(await store.describe(name)).toBeNull()
    })

    it('keeps a SecureString one, under the key that is named', async () => {
      const secure = create('s', { kind: 'secure-parameter', kmsKeyId: 'alias/shop' })
      await store.create({ ...secure, tags })
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ type: 'SecureString' })
      expect(await store.describe(name)).toMatchObject({ kmsKeyId: 'alias/shop' })
      expect(await codeOf(store.put(create('plain')))).toBe('ParameterTypeFixed')
      await store.put({ ...secure, versionId: versionId(2) })
      expect(await store.describe(name)).toMatchObject({ kmsKeyId: 'alias/shop', current: versionId(2) })
    })

    it('keeps the key of a SecureString where none is named', async () => {
      await store.create({ ...create('s', { kind: 'secure-parameter', kmsKeyId: 'alias/theirs' }), tags })
      await store.put(create('t', { kind: 'secure-parameter', versionId: versionId(2) }))
      expect(await store.describe(name)).toMatchObject({
        kmsKeyId: 'alias/theirs',
        parameter: { number: 2, type: 'SecureString' },
      })
    })

    it('writes a former value again under its id, and keeps type, key and tags', async () => {
      const secure = { kind: 'secure-parameter', kmsKeyId: 'alias/shop' } as const
      await store.create({ ...create('ä one', secure), tags })
      await store.put(create('two', { ...secure, versionId: versionId(2) }))
      await store.put(create('three', { ...secure, versionId: versionId(3) }))
      await store.rewrite(name, versionId(1), versionId(3))
      expect(await store.describe(name)).toEqual({
        name,
        current: versionId(1),
        versions: new Map([[versionId(1), ['AWSCURRENT']]]),
        tags,
        kmsKeyId: 'alias/shop',
        parameter: { number: 4, type: 'SecureString' },
      })
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ type: 'SecureString', value: 'ä one' })
    })

    it('keeps the tier of what it writes again', async () => {
      await store.create({ ...create('small'), tags })
      await store.put(create('x'.repeat(4_097), { versionId: versionId(2) }))
      await store.rewrite(name, versionId(1), versionId(2))
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ tier: 'Advanced', value: 'small' })
    })

    it('writes again only over the version that is named, and only what it still has', async () => {
      expect(await codeOf(store.rewrite(name, versionId(1), versionId(2)))).toBe('SecretNotFound')
      await store.create({ ...create('a'), tags })
      await store.put(create('b', { versionId: versionId(2) }))
      expect(await codeOf(store.rewrite(name, versionId(1), versionId(1)))).toBe('StageMoved')
      expect(await codeOf(store.rewrite(name, versionId(9), versionId(2)))).toBe('VersionExpired')
      await opened.edit('/shop/dev/log_level', 'by hand')
      expect(await codeOf(store.rewrite(name, versionId(1), versionId(2)))).toBe('StageMoved')
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ value: 'by hand' })
      await store.rewrite(name, versionId(2), (await store.describe(name))?.current ?? '')
      expect(await opened.read('/shop/dev/log_level')).toMatchObject({ value: 'b' })
    })

    it('lists the versions that it has, each since when it has had it first, and those by hand by number', async () => {
      expect(await codeOf(store.listVersions(name))).toBe('SecretNotFound')
      await store.create({ ...create('a'), tags })
      await opened.edit('/shop/dev/log_level', 'by hand')
      await store.put(create('a'))
      const listed = await store.listVersions(name)
      expect(new Set(listed.keys())).toEqual(new Set([versionId(1), 'parameter-version-00000000000002']))
      for (const at of listed.values()) expect(at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    })

    it('drops the oldest of more than a hundred versions', async () => {
      await store.create({ ...create('v1'), tags })
      for (let n = 2; n <= 102; n++) await store.put(create(`v${n}`, { versionId: versionId(n) }))
      const listed = await store.listVersions(name)
      expect([listed.size, listed.has(versionId(2)), listed.has(versionId(3))]).toEqual([100, false, true])
      expect(await codeOf(store.rewrite(name, versionId(2), versionId(102)))).toBe('VersionExpired')
    })

    it('sets tags and leaves others', async () => {
      await store.create({ ...create('a'), tags })
      await store.tag(name, { a: '2', b: '3' })
      expect(await store.describe(name)).toMatchObject({
        tags: { ...tags, a: '2', b: '3' },
        current: versionId(1),
      })
    })

    it('ends parameters at once, and does not mind one that is gone', async () => {
      const names = Array.from({ length: 13 }, (_, n) => `ssm:/shop/dev/k${n}`)
      for (const each of names) await store.create({ ...create('a', { name: each }), tags })
      await Promise.all([...names.slice(0, 12), 'ssm:/shop/dev/other'].map((each) => store.remove(each)))
      const left = await Promise.all(names.map((each) => store.describe(each)))
      expect(left.map((live) => live?.name)).toEqual([...Array(12).fill(undefined), names[12]])
      await store.create({ ...create('b', { name: names[0] ?? '' }), tags })
      expect(await store.describe(names[0] ?? '')).toMatchObject({ current: versionId(1) })
    })
  })
}
