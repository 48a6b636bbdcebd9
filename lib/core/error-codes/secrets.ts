import { type ErrorTable, reject, stall } from './entry.ts'

/** Why a set of secrets is not published; found before anything is written. */
export const secretsErrors = {
  SecretNameCollision: stall(
    422,
    'Two values of the overlay would become the same secret.',
    'Rename one of the keys: characters that the store does not allow become `_`.',
  ),
  SecretNameInvalid: stall(
    422,
    'A name is empty, too long or has characters that the store does not allow.',
    'Rename the key, or change `spec.secrets.prefix` or `suffix`.',
  ),
  SecretTooLarge: stall(
    422,
    'A value exceeds the 65,536 bytes of AWS Secrets Manager.',
    'Split the value, or keep large files elsewhere.',
  ),
  ParameterNameInvalid: stall(
    422,
    'The name of a parameter has characters, a length or a beginning that Parameter Store does not allow.',
    'Rename the key, or change `spec.configs.parameterPath`: letters, digits, `.`, `_` and `-`, no more than 15 levels.',
  ),
  ParameterTooLarge: stall(
    422,
    'A value exceeds the 8,192 bytes of an advanced parameter.',
    'Split the value, or publish it as a secret.',
  ),
  ParameterValueInvalid: stall(
    422,
    'A value holds `{{` and `}}`, which Parameter Store takes for a reference.',
    'Publish the value as a secret, or write it in another way.',
  ),
  SecretEmpty: stall(
    422,
    'A value is empty, which AWS Secrets Manager does not store.',
    'Give it a value, or remove the key.',
  ),
  SecretTagsInvalid: stall(
    422,
    'A secret has more than 50 tags, or a tag that AWS does not allow.',
    'Correct `spec.provider.aws.tags`: keys of up to 128 characters without `aws:`, values of up to 256.',
  ),
  SecretCountExceeded: stall(
    422,
    'The config yields more secrets than the limit.',
    'Split the config, or raise the limit in the deployment.',
  ),
  SecretValueInvalid: stall(
    422,
    'A value of a Secret is no string or no valid base64.',
    'Quote the value under `stringData`, or encode it under `data`.',
  ),
  SecretValueBinary: stall(
    422,
    'A value is no UTF-8 text, which the JSON of `secrets.layout: secret` cannot hold.',
    'Use `layout: key` for this overlay, or encode the value as text.',
  ),
  CiphertextLeftOver: stall(
    422,
    'A value still looks like SOPS ciphertext and is not published.',
    'Check that the file with the value is encrypted as a whole by sops and read as a file.',
  ),
  SecretInPublicField: stall(
    422,
    'A decrypted value would end in a name, label, annotation or ConfigMap.',
    'Keep decrypted values under `data` or `stringData` of a Secret.',
  ),
  RawFileInvalid: stall(
    422,
    'An application.secrets or application.properties file is malformed.',
    'Use KEY=VALUE lines, or nested YAML maps.',
  ),
  SecretDisabled: reject(
    200,
    'A key is listed behind a `#` and is neither published nor deleted.',
    'Nothing needs to be done; take the `#` away to publish the key.',
  ),
  SecretUnwanted: reject(
    200,
    'Git no longer names a secret of the config, and it stays.',
    'Delete it by hand, or set `spec.prune: schedule`.',
  ),
  SecretHeld: reject(
    200,
    'A secret differs from Git, and the config says `triggerUpdate: false`.',
    'Set `spec.triggerUpdate: true` to have it made as Git says.',
  ),
  SecretLeftBehind: reject(
    200,
    'The config publishes elsewhere now, and its secrets in the account or region before stay there.',
    'Delete them by hand and run `smc sync CONFIG`, or let the config publish there again.',
  ),
  SecretWantedElsewhere: reject(
    200,
    'Another config wants the name of a secret that this config has.',
    'Give the secret another name in one of the two; until then it stays as it is.',
  ),
  NoSecretsFound: stall(
    422,
    'The path yields no secrets at all.',
    'Check `kustomizePath`, `basePath` and `environment`.',
  ),
} as const satisfies ErrorTable
