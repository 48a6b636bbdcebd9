import { GetParameterCommand, GetParameterHistoryCommand } from '@aws-sdk/client-ssm'
import { SyncError } from '../../../core/errors.ts'
import { toStoreName } from '../../../core/parameters/parameter-name.ts'
import { readVersionId } from '../../../core/parameters/version-note.ts'
import { SecretValue } from '../../../core/secret-value.ts'
import type { SecretName, VersionId } from '../../../core/secrets/desired.ts'
import { formatTime, type IsoTime } from '../../../core/time.ts'
import { toParameterError } from './parameter-error.ts'
import type { SsmTarget } from './reads.ts'

/** One version that the store still has. */
export interface FormerVersion {
  readonly number: number
  readonly versionId: VersionId
  readonly createdAt: IsoTime
}

/** What GetParameterHistory shows at a time; AWS keeps a hundred versions. */
const versionsAtATime = 50

/**
 * The versions of a parameter, oldest first, by the notes in their descriptions. Nothing is asked to be decrypted: what
 * comes with a SecureString is its ciphertext.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html
 * @throws {SyncError} SecretNotFound, and as `toParameterError` says
 */
export async function listFormerVersions(
  { client }: SsmTarget,
  name: SecretName,
): Promise<readonly FormerVersion[]> {
  const found: FormerVersion[] = []
  let nextToken: string | undefined
  do {
    const command = new GetParameterHistoryCommand({
      Name: toStoreName(name),
      WithDecryption: false,
      MaxResults: versionsAtATime,
      ...(nextToken !== undefined && { NextToken: nextToken }),
    })
    const page = await client.send(command).catch((thrown: unknown) => {
      throw toParameterError(thrown, { action: 'ssm:GetParameterHistory', name })
    })
    for (const { Version: number, Description = '', LastModifiedDate } of page.Parameters ?? []) {
      if (number === undefined || LastModifiedDate === undefined) continue
      const createdAt = formatTime(LastModifiedDate.getTime())
      found.push({ number, versionId: readVersionId(Description, number), createdAt })
    }
    nextToken = page.NextToken || undefined
  } while (nextToken !== undefined)
  return found.sort((one, other) => one.number - other.number)
}

/** The value of exactly one version. @throws {SyncError} VersionExpired, and as `toParameterError` says */
export async function readFormerValue(
  { client }: SsmTarget,
  name: SecretName,
  number: number,
): Promise<SecretValue> {
  const command = new GetParameterCommand({ Name: `${toStoreName(name)}:${number}`, WithDecryption: true })
  const { Parameter } = await client.send(command).catch((thrown: unknown) => {
    throw toParameterError(thrown, { action: 'ssm:GetParameter', name })
  })
  if (Parameter?.Version !== number || Parameter.Value === undefined) {
    throw new SyncError('VersionExpired', { data: { name, number } })
  }
  return SecretValue.fromText(Parameter.Value)
}
