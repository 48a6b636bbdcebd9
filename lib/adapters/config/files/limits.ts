/** Names of files that are read as manifests. */
export const manifestFilePattern = /\.(ya?ml|json)$/

/** What one file may have. */
export const maximumManifestBytes = 1024 * 1024
