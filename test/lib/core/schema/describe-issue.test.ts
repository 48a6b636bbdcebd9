import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { describeIssue } from '../../../../lib/core/schema/describe-issue.ts'

const schema = z.strictObject({
  name: z.string().check(z.regex(/^[a-z]+$/, 'must be in lower case')),
  count: z.optional(z.int().check(z.minimum(7), z.maximum(30))),
  mode: z.optional(z.enum(['on', 'off'])),
  list: z.optional(z.array(z.strictObject({ key: z.string() }))),
  flag: z.optional(z.boolean()),
})

const cases: [string, unknown, string, string][] = [
  ['a missing field', {}, 'spec.name', 'is missing'],
  ['another type', { name: 1 }, 'spec.name', 'must be text'],
  ['another pattern', { name: 'A' }, 'spec.name', 'must be in lower case'],
  ['a number too low', { name: 'a', count: 6 }, 'spec.count', 'must be at least 7'],
  ['a number too high', { name: 'a', count: 31 }, 'spec.count', 'must be at most 30'],
  ['a fraction', { name: 'a', count: 7.5 }, 'spec.count', 'must be a whole number'],
  ['another choice', { name: 'a', mode: 'x' }, 'spec.mode', 'must be one of on, off'],
  ['no truth', { name: 'a', flag: 'true' }, 'spec.flag', 'must be true or false'],
  ['an item of a list', { name: 'a', list: [{ key: 'k' }, {}] }, 'spec.list[1].key', 'is missing'],
  ['no list', { name: 'a', list: {} }, 'spec.list', 'must be a list'],
  ['no map', [], 'spec', 'must be a map'],
  ['nothing', undefined, 'spec', 'is missing'],
  ['an unknown field', { name: 'a', nmae: 'b' }, 'spec.nmae', 'is not a known field'],
  [
    'an unknown field in a list',
    { name: 'a', list: [{ key: 'k', kye: 1 }] },
    'spec.list[0].kye',
    'is not a known field',
  ],
]

describe('describeIssue', () => {
  it.each(cases)('describes %s', (_, input, path, problem) => {
    const issues = schema.safeParse(input).error?.issues ?? []
    expect(describeIssue(issues, input, 'spec')).toEqual({ path, problem })
  })
})
