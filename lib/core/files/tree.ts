/**
 * What a revision holds at one path, by the object ids that Git gives it (a local directory leaves `oid` empty).
 * `other` is a device, socket or pipe: refused wherever it is referenced.
 */
export interface TreeEntry {
  readonly kind: 'file' | 'directory' | 'symlink' | 'submodule' | 'other'
  readonly oid: string
}

/**
 * The names of a revision, known without its contents. Paths are relative to the root of the repository, separated
 * by `/`, without leading or trailing slash and without `.` or `..`; the root is `''`.
 */
export interface Tree {
  /** `null` where the revision has nothing at `path`. Links are not followed. */
  entry(path: string): TreeEntry | null
  /** The names directly below the directory `path`, in byte order; empty where it is no directory. */
  list(path: string): readonly string[]
}
