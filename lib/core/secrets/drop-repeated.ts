import type { BuiltObject } from './built-object.ts'

/** Of objects that several overlays have the last one, as Argo CD applies several sources. */
export function dropRepeated<Built extends BuiltObject>(objects: readonly Built[]): readonly Built[] {
  return [...new Map(objects.map((object) => [formatIdentity(object), object])).values()]
}

function formatIdentity({ kind, namespace = '', name }: BuiltObject): string {
  return `${kind}/${namespace}/${name}`
}
