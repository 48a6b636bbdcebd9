import {
  anything,
  type Decoder,
  flag,
  integer,
  list,
  struct,
  text,
  textMap,
  texts,
} from '../kustomization/decoder.ts'
import { fieldSpec, patchOptions, replacementEntry, selector } from '../kustomization/fields.ts'
import type { Plugin } from './plugin.ts'

const metadata = struct({ name: text, namespace: text })
const fieldSpecs = list(fieldSpec)

/** The configuration of each transformer that kustomize implements itself; what else it holds is left out. */
export const transformerFields = {
  patch: struct({ path: text, patch: text, target: selector, options: patchOptions }),
  merge: struct({ paths: texts, patches: text }),
  operations: struct({ path: text, jsonOp: text, target: selector }),
  namespace: struct({ metadata, fieldSpecs, unsetOnly: flag, setRoleBindingSubjects: text }),
  names: struct({ prefix: text, suffix: text, fieldSpecs }),
  labels: struct({ labels: textMap, fieldSpecs }),
  annotations: struct({ annotations: textMap, fieldSpecs }),
  replacements: struct({ replacements: list(replacementEntry) }),
  images: struct({ imageTag: anything, fieldSpecs }),
  replicas: struct({ replica: struct({ name: text, count: integer }), fieldSpecs }),
}

/**
 * The configuration of a plugin.
 * @throws {SyncError} KustomizationInvalid for a value of the wrong type
 */
export function decodePlugin<Fields>({ config, place }: Plugin, decode: Decoder<Fields>): Fields {
  return decode(config, { file: place.file, path: '', lenient: true })
}
