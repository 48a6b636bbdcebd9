import type { DatabaseSync } from 'node:sqlite'
import type { SecretSettings } from '../../../ports.ts'
import type { SecretRow } from './live.ts'

/** Sets what is given and leaves the rest. */
export function amendSecret(db: DatabaseSync, secret: SecretRow, settings: SecretSettings): void {
  const { kmsKeyId = secret.kmsKeyId, description = secret.description } = settings
  db.prepare('UPDATE secret SET kms_key_id = ?, description = ? WHERE id = ?').run(
    kmsKeyId,
    description,
    secret.id,
  )
}

/** Adds regions with a copy. The copies themselves are not kept: nobody could read them here. */
export function addReplicas(db: DatabaseSync, secret: SecretRow, regions: readonly string[]): void {
  writeReplicas(db, secret, [...new Set([...secret.replicas, ...regions])])
}

/** Takes regions away; those without a copy change nothing. */
export function removeReplicas(db: DatabaseSync, secret: SecretRow, regions: readonly string[]): void {
  writeReplicas(
    db,
    secret,
    secret.replicas.filter((region) => !regions.includes(region)),
  )
}

function writeReplicas(db: DatabaseSync, secret: SecretRow, regions: readonly string[]): void {
  db.prepare('UPDATE secret SET replicas = ? WHERE id = ?').run(JSON.stringify(regions), secret.id)
}
