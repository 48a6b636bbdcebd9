import type { PolicyReport } from '../policy.ts'
import { formatTable } from './format-table.ts'

/** What the policy says of one config, for a person: what it asks for, then what else its tenant is granted. */
export function formatPolicy({ config, tenant, tenancy, judgements, granted }: PolicyReport): string {
  if (tenancy === 'single') return `${config} is of the only tenant, who may use whatever is configured.`
  const asked = formatTable(
    ['ASKS FOR', 'VALUE', 'GRANTED', 'PERMITTED'],
    judgements.map(({ path, asked: value, granted: grants, permitted }) => [
      path,
      value,
      grants === 'any' ? 'any' : grants.join(' ') || '-',
      permitted ? 'yes' : 'no',
    ]),
  )
  const rest = Object.entries(granted).map(([field, value]) => [
    field,
    Array.isArray(value) ? value.join(' ') || '-' : String(value),
  ])
  return [asked, '', formatTable([`GRANTED TO ${tenant}`, ''], rest)].join('\n')
}
