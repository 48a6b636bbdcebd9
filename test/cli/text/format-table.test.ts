import { expect, it } from 'vitest'
import { formatTable } from '../../../cli/text/format-table.ts'

it('aligns columns and lets nothing from outside steer the terminal', () => {
  const table = formatTable(
    ['A', 'LONGER'],
    [
      ['value', 'x'],
      ['\u001b[31m', 'two\nlines'],
    ],
  )
  expect(table.split('\n')).toEqual(['A           LONGER', 'value       x', '\\u001b[31m  two lines'])
})
