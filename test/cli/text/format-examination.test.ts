import { expect, it } from 'vitest'
import { formatExaminations } from '../../../cli/text/format-examination.ts'

it('shows each subject with what was found, made safe for a terminal', () => {
  const text = formatExaminations([
    { subject: 'a.yaml', ok: true, findings: [{ about: 'age1', ok: true }] },
    {
      subject: 'team/shop/dev',
      ok: false,
      findings: [
        { about: 'arn', ok: false, code: 'KmsAccessDenied', message: 'no\nno\u001b', hint: 'allow' },
      ],
    },
  ])
  expect(text.split('\n')).toEqual([
    'ok      a.yaml',
    '  ok  age1',
    'FAILED  team/shop/dev',
    '  no  arn',
    '      KmsAccessDenied: no no\\u001b',
    '      hint: allow',
  ])
})

it('says that there is nothing', () => {
  expect(formatExaminations([])).not.toBe('')
})
