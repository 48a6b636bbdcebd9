import type { APIGatewayProxyEventV2, Context, SQSEvent, SQSRecord } from 'aws-lambda'

/** The parts of a context that handlers read; `remainingMs` counts as if no time passed. */
export function createContext(remainingMs = 60_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'smc-test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:smc-test',
    memoryLimitInMB: '512',
    awsRequestId: '00000000-0000-4000-8000-000000000000',
    logGroupName: '/aws/lambda/smc-test',
    logStreamName: 'test',
    getRemainingTimeInMillis: () => remainingMs,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}

export interface RequestParts {
  /** Such as `POST /webhooks/{host}`. */
  readonly routeKey: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

/** An event of an HTTP API in payload format 2.0. */
export function createHttpEvent(request: RequestParts): APIGatewayProxyEventV2 {
  const [method = '', path = ''] = request.routeKey.split(' ')
  return {
    version: '2.0',
    routeKey: request.routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { ...request.headers },
    pathParameters: { ...request.parameters },
    ...(request.query && { queryStringParameters: { ...request.query } }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'gateway-request',
      routeKey: request.routeKey,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 0,
    },
    ...(request.body === undefined ? {} : { body: request.body }),
    isBase64Encoded: request.isBase64Encoded ?? false,
  }
}

/** One message of a FIFO queue. */
export function createSqsRecord(messageId: string, groupId: string, body: string): SQSRecord {
  return {
    messageId,
    receiptHandle: `receipt-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '0',
      MessageGroupId: groupId,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:smc-sync.fifo',
    awsRegion: 'eu-west-1',
  }
}

/** A batch of such messages. */
export function createSqsEvent(...records: SQSRecord[]): SQSEvent {
  return { Records: records }
}
