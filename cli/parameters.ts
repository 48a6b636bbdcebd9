import { openHome } from '../lib/adapters/home/home.ts'
import { openLocalParametersReader } from '../lib/adapters/parameters/local/reader.ts'
import { describeRow, type ParameterRow } from '../lib/adapters/parameters/local/rows.ts'
import { SyncError } from '../lib/core/errors.ts'
import { toStoreName } from '../lib/core/parameters/parameter-name.ts'
import { type Command, type CommandInput, exitCodes, isSet, readText } from './command.ts'
import { formatTable } from './text/format-table.ts'
import { showValue } from './text/show-value.ts'

/** `smc parameters`: what the local store holds for configs with `configs.enabled`. */
export const parameters: Command = {
  usage: 'parameters list [--json] | parameters get NAME [--reveal]',
  about: 'Lists the parameters of the local store, or shows one; a value only with --reveal.',
  options: {
    reveal: { type: 'boolean', about: 'print the bare value and nothing else' },
    region: { type: 'string', argument: 'REGION', about: 'where several regions hold the name' },
  },
  async run(input) {
    const [action, name] = input.positionals
    const reader = openLocalParametersReader(openHome(readText(input, 'home') ?? '.smc').secretsFile)
    try {
      if (action === 'list' && name === undefined) show(input, reader.list().map(describe))
      else if (action === 'get' && name !== undefined) {
        const found = reader.find(name, readText(input, 'region'))
        if (isSet(input, 'reveal')) showValue(input, reader.readValue(found))
        else show(input, describe(found))
      } else throw new SyncError('UsageInvalid', { data: { usage: `smc ${parameters.usage}` } })
      return exitCodes.done
    } finally {
      reader.close()
    }
  },
}

type Row = ReturnType<typeof describe>

function describe(parameter: ParameterRow) {
  const { name, target, type, tier, number, tags } = parameter
  const { current: versionId = null } = describeRow(parameter)
  return { name: toStoreName(name), region: target.region, type, tier, version: number, versionId, tags }
}

function show(input: CommandInput, found: Row | readonly Row[]): void {
  if (isSet(input, 'json')) input.output.result(JSON.stringify(found, null, 2))
  else input.output.result(formatRows('name' in found ? [found] : found))
}

function formatRows(rows: readonly Row[]): string {
  if (rows.length === 0) return 'The store holds no parameters.'
  return formatTable(
    ['NAME', 'REGION', 'TYPE', 'TIER', 'VERSION'],
    rows.map(({ name, region, type, tier, version }) => [name, region, type, tier, String(version)]),
  )
}
