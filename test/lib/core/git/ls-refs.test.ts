import { describe, expect, it } from 'vitest'
import { formatLsRefsRequest, parseLsRefsResponse } from '../../../../lib/core/git/ls-refs.ts'

describe('formatLsRefsRequest', () => {
  it('asks for HEAD, branches and tags, peeled', () => {
    expect(formatLsRefsRequest()).toBe(
      '0014command=ls-refs\n00010009peel\n000csymrefs\n0014ref-prefix HEAD\n' +
        '001bref-prefix refs/heads/\n001aref-prefix refs/tags/\n0000',
    )
  })
})

describe('parseLsRefsResponse', () => {
  it('reads the refs', () => {
    const oid = 'a'.repeat(40)
    const { refs } = parseLsRefsResponse(Buffer.from(`003d${oid} refs/heads/main\n0000`))
    expect(refs).toEqual(new Map([['refs/heads/main', oid]]))
  })
})
