import * as z from 'zod/mini'
import type { Patch } from '../kustomize/kustomization/fields.ts'

const text = z.optional(z.string())

/** A patch as Flux and Argo CD write it; fields that are empty count as absent. */
export const overlayPatch = z.object({
  patch: text,
  path: text,
  target: z.optional(
    z.object({
      group: text,
      version: text,
      kind: text,
      name: text,
      namespace: text,
      labelSelector: text,
      annotationSelector: text,
    }),
  ),
  options: z.optional(z.record(z.string(), z.boolean())),
})

/** The patch as kustomize knows it. */
export function toPatch({ patch, path, target, options }: z.infer<typeof overlayPatch>): Patch {
  return {
    ...(patch !== undefined && { patch }),
    ...(path !== undefined && { path }),
    ...(target !== undefined && { target: dropAbsent(target) }),
    ...(options !== undefined && {
      options: {
        allowNameChange: options['allowNameChange'] === true,
        allowKindChange: options['allowKindChange'] === true,
      },
    }),
  }
}

function dropAbsent(target: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const present = Object.entries(target).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
  return Object.fromEntries(present)
}
