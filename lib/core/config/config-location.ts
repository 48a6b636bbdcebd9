/** Where the manifests of one config source are; `name` begins the ids of its configs. */
export type ConfigLocation =
  | { readonly kind: 'directory'; readonly name: string; readonly path: string }
  | { readonly kind: 's3'; readonly name: string; readonly bucket: string; readonly prefix: string }

const namePattern = '[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?'
const directory = new RegExp(`^(?<name>${namePattern})=(?<path>[\\w./-]+)$`)
const s3 = new RegExp(
  `^(?<name>${namePattern})=s3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?<prefix>[!-~]*))?$`,
)

/** Reads `<name>=<folder>` or `<name>=s3://<bucket>/<prefix>`; `null` for any other text. */
export function parseConfigLocation(text: string): ConfigLocation | null {
  const { name = '', bucket, prefix = '', path } = { ...(s3.exec(text) ?? directory.exec(text))?.groups }
  if (bucket !== undefined) return { kind: 's3', name, bucket, prefix }
  return path === undefined ? null : { kind: 'directory', name, path }
}
