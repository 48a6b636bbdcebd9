import type { Config } from '../lib/core/config/config.ts'
import { formatConfigId, formatTenant, matchConfigId } from '../lib/core/config/config-id.ts'
import { type Judgement, judgeConfig, judgeSource } from '../lib/core/config/policy/judge-config.ts'
import { findGrant } from '../lib/core/config/policy/policy.ts'
import { isSyncError, SyncError } from '../lib/core/errors.ts'
import { parseSource, readChoice } from '../lib/core/source/parse-source.ts'
import { openConfig } from '../lib/sync/resolve/open-config.ts'
import { type Command, exitCodes, isSet } from './command.ts'
import { type ConfigOrigin, openConfigOrigin } from './embedded/config-origin.ts'
import { openHomeOf } from './embedded/home-option.ts'
import { formatPolicy } from './text/format-policy.ts'

/** What the policy says of one config. */
export interface PolicyReport {
  readonly config: string
  readonly tenant: string
  readonly tenancy: 'single' | 'listed'
  readonly judgements: readonly Judgement[]
  /** What is granted beyond what the config asks for now. */
  readonly granted: Readonly<Record<string, unknown>>
}

/** `smc policy explain CONFIG`: what a config may use, and why. */
export const policy: Command = {
  usage: 'policy explain CONFIG [--policy FILE] [--manifests DIR | --kubeconfig FILE] [--json]',
  about: 'Shows what a config asks for and whether the policy grants it; ends with 1 where it does not.',
  options: {},
  async run(input) {
    const [verb, name, ...rest] = input.positionals
    if (verb !== 'explain' || name === undefined || rest.length > 0) throw new SyncError('UsageInvalid')
    const report = await explain(openConfigOrigin(input, openHomeOf(input)), name)
    input.output.result(isSet(input, 'json') ? JSON.stringify(report) : formatPolicy(report))
    return report.judgements.every(({ permitted }) => permitted) ? exitCodes.done : exitCodes.failed
  },
}

async function explain(origin: ConfigOrigin, name: string): Promise<PolicyReport> {
  const { configSource, policy: rules } = origin
  const { manifests } = await configSource.listConfigs()
  const ids = manifests.map(({ metadata }) => formatConfigId({ ...metadata, source: configSource.name }))
  const id = matchConfigId(name, ids)
  const config = openConfig({ configSource, manifest: manifests[ids.indexOf(id)] ?? null }, id)
  const asked = judgeConfig(rules, config)
  // As in a sync, a source is only looked at where the config may name it.
  const found = asked.every(({ permitted }) => permitted) ? await judgeFound(origin, config) : []
  const tenant = formatTenant(id)
  const { tenant: _, ...granted } = rules.tenancy === 'single' ? { tenant } : findGrant(rules, tenant)
  return { config: id, tenant, tenancy: rules.tenancy, judgements: [...asked, ...found], granted }
}

async function judgeFound(
  { configSource, policy: rules }: ConfigOrigin,
  config: Config,
): Promise<readonly Judgement[]> {
  try {
    const manifest = await configSource.readSource(config.sourceRef)
    return manifest
      ? judgeSource(rules, config, parseSource(manifest, configSource.cluster, readChoice(config)))
      : []
  } catch (thrown) {
    // What is wrong with the source is for `smc status` to say.
    if (isSyncError(thrown)) return []
    throw thrown
  }
}
