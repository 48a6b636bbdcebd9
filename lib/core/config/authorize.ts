import { assertNever } from '../errors.ts'
import type { Source } from '../source/source.ts'
import type { Config } from './config.ts'

/** What whoever deploys the service allows. `single`: one tenant, who owns everything that is configured. */
export interface Policy {
  readonly tenancy: 'single'
}

/**
 * Judges what a config asks for, after every value is resolved and before the network is used. The answer is the
 * same whether the target exists or not.
 * @throws {SyncError} NotPermitted
 */
export function authorize(policy: Policy, _request: { config: Config; source: Source }): void {
  switch (policy.tenancy) {
    case 'single':
      return
    default:
      assertNever(policy.tenancy)
  }
}
