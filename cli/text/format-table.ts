import { escapeControl } from '../../lib/core/redact.ts'

/** Rows under a heading, in columns as wide as they need. What came from outside is made safe for a terminal. */
export function formatTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heading, ...rows].map((row) => row.map((cell) => escapeControl(cell).replaceAll('\n', ' ')))
  const widths = heading.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
