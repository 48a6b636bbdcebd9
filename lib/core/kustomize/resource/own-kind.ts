import type { Gvk } from './gvk.ts'

/** Whether it is a v1 Secret or ConfigMap: what the build is for. */
export function isOwnKind({ group, version, kind }: Gvk): boolean {
  return group === '' && version === 'v1' && (kind === 'Secret' || kind === 'ConfigMap')
}
