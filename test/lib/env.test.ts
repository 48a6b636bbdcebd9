import { describe, expect, it } from 'vitest'
import { parseApiSettings, parseWebhookSettings } from '../../lib/env.ts'

const arn = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`
const common = {
  STATE_TABLE: 'smc-state',
  WATCH_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/smc-watch.fifo',
  SYNC_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/smc-sync.fifo',
}
const webhook = {
  ...common,
  WEBHOOK_SECRET_ARNS: `github=${arn('new')} github=${arn('old')} gitlab=${arn('lab')}`,
}

describe('parseApiSettings', () => {
  it('reads the table and the queues', () => {
    expect(parseApiSettings({ ...common, OTHER: 'x' })).toEqual({
      stateTable: 'smc-state',
      queueUrls: { watch: common.WATCH_QUEUE_URL, sync: common.SYNC_QUEUE_URL },
    })
  })

  it.each([
    ['STATE_TABLE', undefined],
    ['STATE_TABLE', ''],
    ['SYNC_QUEUE_URL', 'smc-sync.fifo'],
    ['WATCH_QUEUE_URL', 'ftp://queue'],
  ])('names %s when it is %j', (variable, value) => {
    expect(() => parseApiSettings({ ...common, [variable]: value })).toThrow(
      expect.objectContaining({ code: 'EnvironmentInvalid', data: { variable } }),
    )
  })
})

describe('parseWebhookSettings', () => {
  it('groups the ARNs of the secrets by Git host', () => {
    expect(parseWebhookSettings(webhook).webhookSecretArns).toEqual(
      new Map([
        ['github', [arn('new'), arn('old')]],
        ['gitlab', [arn('lab')]],
      ]),
    )
  })

  it.each([undefined, '', ' ', 'github', 'github=', `=${arn('x')}`, arn('x'), `github=${arn('x')} secret`])(
    'refuses %j for the ARNs and does not repeat it',
    (value) => {
      expect(() => parseWebhookSettings({ ...webhook, WEBHOOK_SECRET_ARNS: value })).toThrow(
        expect.objectContaining({ code: 'EnvironmentInvalid', data: { variable: 'WEBHOOK_SECRET_ARNS' } }),
      )
    },
  )
})
