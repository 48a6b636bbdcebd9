import type { Origin } from './desired.ts'

/** Where a value comes from, as people read it: `Secret db: password` or `env/application.secrets.env: PASSWORD`. */
export function formatOrigin({ kind, name, key }: Origin): string {
  const object = kind === 'file' ? name : `${kind} ${name}`
  return key === undefined ? object : `${object}: ${key}`
}
