import { openHome } from '../lib/adapters/home/home.ts'
import { type LocalStoreReader, openLocalStoreReader } from '../lib/adapters/stores/local/reader.ts'
import { systemClock } from '../lib/adapters/system-clock.ts'
import { SyncError } from '../lib/core/errors.ts'
import { type Command, type CommandInput, exitCodes, isSet, readText } from './command.ts'
import { formatTable } from './text/format-table.ts'
import { showValue } from './text/show-value.ts'

/** `smc secrets`: what the local store holds. */
export const secrets: Command = {
  usage: 'secrets list [--json] | secrets get NAME [--reveal]',
  about: 'Lists the secrets of the local store, or shows one; a value only with --reveal.',
  options: {
    reveal: { type: 'boolean', about: 'print the bare value and nothing else' },
    region: { type: 'string', argument: 'REGION', about: 'where several regions hold the name' },
  },
  async run(input) {
    const [action, name] = input.positionals
    const reader = openLocalStoreReader(openHome(readText(input, 'home') ?? '.smc').secretsFile, systemClock)
    try {
      if (action === 'list' && name === undefined) listSecrets(reader, input)
      else if (action === 'get' && name !== undefined) showSecret(reader, input, name)
      else throw new SyncError('UsageInvalid', { data: { usage: `smc ${secrets.usage}` } })
      return exitCodes.done
    } finally {
      reader.close()
    }
  },
}

type Row = ReturnType<typeof describe>

function describe(secret: ReturnType<LocalStoreReader['list']>[number]) {
  const { name, current, versions, tags, deletionAt, target } = secret
  return {
    name,
    region: target.region,
    versionId: current ?? null,
    stages: current === undefined ? [] : (versions.get(current) ?? []),
    tags,
    ...(deletionAt === undefined ? {} : { deletionAt }),
  }
}

function listSecrets(reader: LocalStoreReader, input: CommandInput): void {
  const rows = reader.list().map(describe)
  input.output.result(isSet(input, 'json') ? JSON.stringify(rows, null, 2) : formatRows(rows))
}

function showSecret(reader: LocalStoreReader, input: CommandInput, name: string): void {
  const region = readText(input, 'region')
  if (isSet(input, 'reveal')) {
    const value = reader.readValue(name, region)
    if (!value) throw new SyncError('SecretNotFound', { data: { name } })
    showValue(input, value)
    return
  }
  const found = reader
    .list()
    .find((secret) => secret.name === name && (region ?? secret.target.region) === secret.target.region)
  if (!found) throw new SyncError('SecretNotFound', { data: { name } })
  const row = describe(found)
  input.output.result(isSet(input, 'json') ? JSON.stringify(row, null, 2) : formatRows([row]))
}

function formatRows(rows: readonly Row[]): string {
  if (rows.length === 0) return 'The store is empty.'
  return formatTable(
    ['NAME', 'REGION', 'VERSION', 'STAGES'],
    rows.map(({ name, region, versionId, stages }) => [
      name,
      region,
      versionId?.slice(0, 12) ?? '-',
      stages.join(', '),
    ]),
  )
}
