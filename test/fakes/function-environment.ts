import { vi } from 'vitest'

const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:smc-webhook'

/** What every function is deployed with, for AWS services that `endpoint` stands for, and `more` over that. */
export function stubFunctionEnvironment(endpoint: string, more: Readonly<Record<string, string>> = {}): void {
  const variables = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: endpoint,
    AWS_MAX_ATTEMPTS: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    STATE_TABLE: 'smc-state',
    WATCH_QUEUE_URL: `${endpoint}/123456789012/watch.fifo`,
    SYNC_QUEUE_URL: `${endpoint}/123456789012/sync.fifo`,
    WEBHOOK_SECRET_ARNS: `github=${arn}`,
    DEPLOYMENT: 'smc-test',
    CONFIG_SOURCES: 'prod=./manifests',
    ACCOUNT: '123456789012',
    CREDENTIALS_PREFIX: 'smc/test/',
    EVENT_BUS: 'default',
    LIST_LAG_SECONDS: '360',
    VERSION_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:key/hmac',
    ...more,
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}
