import { readProcessCredentials } from '../../lib/adapters/aws/process-credentials.ts'
import { signRequest } from '../../lib/adapters/aws/sign-request.ts'
import type { AwsCredentials } from '../../lib/adapters/aws/signature.ts'
import { SyncError } from '../../lib/core/errors.ts'
import { type CommandInput, readText } from '../command.ts'
import type { RemoteOptions } from './remote-controller.ts'

const host = /^[a-z0-9]+\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/
const pollMs = 500

/**
 * The API of a deployed stack that the options or `SMC_API` name, for requests in the name of whoever runs the
 * command; `null` where none is named.
 * @throws {SyncError} UsageInvalid
 */
export function openDeployedApi(input: Pick<CommandInput, 'values' | 'environment'>): RemoteOptions | null {
  const { environment } = input
  const text = readText(input, 'api') ?? environment['SMC_API']
  if (text === undefined || text === '') return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'https:' && !loopback.test(url.hostname))) {
    throw new SyncError('UsageInvalid', { data: { option: '--api', url: text, expected: 'an https URL' } })
  }
  const region =
    host.exec(url.hostname)?.[1] ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION']
  if (!region) {
    throw new SyncError('UsageInvalid', { data: { option: '--api', url: text, expected: 'AWS_REGION' } })
  }
  let credentials: Promise<AwsCredentials> | undefined
  return {
    url: text.replace(/\/+$/, ''),
    pollMs,
    authorize: async (request) => {
      credentials ??= readCredentials()
      const signer = { credentials: await credentials, region, service: 'execute-api', now: Date.now() }
      return signRequest(request, signer)
    },
  }
}

async function readCredentials(): Promise<AwsCredentials> {
  try {
    return await readProcessCredentials()
  } catch (cause) {
    throw new SyncError('ApiAccessDenied', { data: { caller: 'none: no AWS credentials were found' }, cause })
  }
}
