import type { AwsCredentials } from './signature.ts'

/** Who this process is in AWS, as the AWS command line would find it. Loaded when it is asked for. */
export async function readProcessCredentials(): Promise<AwsCredentials> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  return await new STSClient({}).config.credentials()
}
