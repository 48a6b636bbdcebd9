import { type Account, openAccount } from './account.ts'
import { type Cloud, type CloudOptions, startCloud } from './cloud.ts'
import { deployStack, type Outputs, type Params, stage } from './deployed-stack.ts'
import { type Functions, openFunctions } from './functions.ts'
import { type GitServer, startGitServer } from './git-server.ts'
import { type HttpApi, openHttpApi, webhookSecret } from './http-api.ts'
import { bucket, createManifests, type Manifests, sourceName } from './manifests.ts'
import { openQueues, type Queues } from './queues.ts'
import { createEncrypt, type Encrypt } from './sops.ts'

/** The deployed service, and all that it works with. */
export interface Service {
  readonly cloud: Cloud
  readonly account: Account
  readonly functions: Functions
  readonly queues: Queues
  readonly git: GitServer
  readonly encrypt: Encrypt
  readonly manifests: Manifests
  readonly params: Params
  readonly outputs: Outputs
  readonly api: HttpApi
  stop(): Promise<void>
}

export interface ServiceOptions extends CloudOptions {
  /** Whether the stack has all that parameters can add to it. */
  readonly withEverything?: boolean
}

/** What parameters can add to the stack; nothing of it is there, and nothing of it is needed. */
const everything: Params = {
  decryptionRoles: 'arn:aws:iam::123456789012:role/decryption',
  encryptionKeys: 'arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000',
  parameterRollback: 'true',
  targetRoles: 'arn:aws:iam::210987654321:role/publisher',
  vpc: 'private',
  securityGroups: 'sg-00000000000000000',
  subnets: 'subnet-00000000000000000',
}

/** Starts a cloud, puts credentials into it and deploys the stack. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const cloud = await startCloud(options)
  const git = await startGitServer()
  const account = openAccount(cloud)
  const stop = async () => {
    await cloud.stop()
    await git.close()
  }
  try {
    const kmsKeyArn = await account.createKmsKey()
    await account.createSecret(`smc/${stage}/webhook/github`, `${webhookSecret}\n`)
    await account.createSecret(`smc/${stage}/git/shop/login`, git.login)
    const manifests = await createManifests(cloud)
    const params: Params = {
      configSources: `${sourceName}=s3://${bucket}`,
      manifestBuckets: `arn:aws:s3:::${bucket}`,
      decryptionKeys: kmsKeyArn,
      allowedHosts: new URL(git.url).host,
      workerTimeout: 60,
      visibilityTimeout: 6,
      // Lists of the emulator are never late.
      listLag: 0,
      ...(options.withEverything && everything),
    }
    const outputs = await deployStack(cloud, params)
    return {
      cloud,
      account,
      functions: openFunctions(cloud),
      queues: openQueues(cloud),
      git,
      encrypt: await createEncrypt(cloud.environment, ['--kms', kmsKeyArn]),
      manifests,
      params,
      outputs,
      api: openHttpApi(cloud, outputs['HttpApiUrl'] ?? ''),
      stop,
    }
  } catch (failure) {
    await stop()
    throw failure
  }
}
