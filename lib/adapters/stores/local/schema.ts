import { type Database, openDatabase } from '../../sqlite/database.ts'

/** A label sits on one version of a secret only: that is the primary key of `label`. */
const migrations = [
  `CREATE TABLE secret (
     id INTEGER PRIMARY KEY,
     account TEXT NOT NULL,
     region TEXT NOT NULL,
     name TEXT NOT NULL,
     kms_key_id TEXT,
     tags TEXT NOT NULL,
     deletion_at INTEGER,
     UNIQUE (account, region, name)
   ) STRICT;
   CREATE TABLE version (
     number INTEGER PRIMARY KEY,
     secret INTEGER NOT NULL REFERENCES secret ON DELETE CASCADE,
     id TEXT NOT NULL,
     kind TEXT NOT NULL,
     value BLOB NOT NULL,
     created_at INTEGER NOT NULL,
     UNIQUE (secret, id)
   ) STRICT;
   CREATE TABLE label (
     secret INTEGER NOT NULL REFERENCES secret ON DELETE CASCADE,
     name TEXT NOT NULL,
     version INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
     PRIMARY KEY (secret, name)
   ) STRICT;
   CREATE INDEX label_of_version ON label (version)`,
  `ALTER TABLE secret ADD COLUMN description TEXT;
   ALTER TABLE secret ADD COLUMN replicas TEXT NOT NULL DEFAULT '[]'`,
  // Every write first looks for what is past its recovery window.
  'CREATE INDEX secret_deletion ON secret (deletion_at) WHERE deletion_at IS NOT NULL',
  `CREATE TABLE parameter (
     id INTEGER PRIMARY KEY,
     account TEXT NOT NULL,
     region TEXT NOT NULL,
     name TEXT NOT NULL,
     type TEXT NOT NULL,
     tier TEXT NOT NULL,
     number INTEGER NOT NULL,
     value BLOB NOT NULL,
     description TEXT NOT NULL,
     kms_key_id TEXT,
     tags TEXT NOT NULL,
     UNIQUE (account, region, name)
   ) STRICT`,
  `CREATE TABLE parameter_version (
     parameter INTEGER NOT NULL REFERENCES parameter ON DELETE CASCADE,
     number INTEGER NOT NULL,
     value BLOB NOT NULL,
     description TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     PRIMARY KEY (parameter, number)
   ) STRICT;
   INSERT INTO parameter_version (parameter, number, value, description, created_at)
     SELECT id, number, value, description, 0 FROM parameter`,
]

/** Opens the file of the local store. @throws {SyncError} StoreUnavailable, StateTooNew */
export function openStoreDatabase(path: string, options: { readonly readOnly?: boolean } = {}): Database {
  return openDatabase(path, { migrations, unavailable: 'StoreUnavailable', ...options })
}
