import { type Document, parseAllDocuments } from 'yaml'
import * as z from 'zod/mini'
import type { Manifest, ManifestListing, ManifestProblem } from '../manifest.ts'

/** DNS subdomain and DNS label, as the Kubernetes API demands of names. */
const objectName = z.string().check(z.regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/))
const namespaceName = z.string().check(z.regex(/^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/))

/** The objects that the service reads, and the API group of each. */
export const groupOfKind = {
  SecretManagerConfig: 'secret-management.octopilot.io',
  GitRepository: 'source.toolkit.fluxcd.io',
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  Application: 'argoproj.io',
  AppProject: 'argoproj.io',
} as const

const served = z
  .object({
    apiVersion: z.string(),
    kind: z.enum(['SecretManagerConfig', 'GitRepository', 'Kustomization', 'Application', 'AppProject']),
  })
  .check(z.refine(({ apiVersion, kind }) => apiVersion.startsWith(`${groupOfKind[kind]}/`)))
/** What holds variables of Kustomizations; `sops` says that it is encrypted. */
const variableObject = z.object({
  apiVersion: z.literal('v1'),
  kind: z.enum(['ConfigMap', 'Secret']),
  data: z.exactOptional(z.unknown()),
  stringData: z.exactOptional(z.unknown()),
  sops: z.optional(z.unknown()),
})
const list = z.object({ kind: z.literal('List'), items: z.array(z.unknown()) })
const manifest = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({
    name: objectName,
    namespace: z._default(namespaceName, 'default'),
    uid: z.exactOptional(z.string()),
    generation: z.exactOptional(z.int()),
    annotations: z.exactOptional(z.record(z.string(), z.string())),
  }),
  spec: z.optional(z.unknown()),
  status: z.exactOptional(z.unknown()),
})

/**
 * The configs, sources and variables in one YAML or JSON file of any number of documents; a `List` stands for its
 * items. Other objects, and what is no object, are passed over. A problem names a place and never quotes the text.
 */
export function parseManifests(file: string, text: string): ManifestListing {
  const manifests: Manifest[] = []
  const problems: ManifestProblem[] = []
  for (const [n, document] of parseDocuments(text).entries()) {
    const place = `document ${n + 1}`
    const read = readDocument(document)
    if ('line' in read) problems.push({ file, message: `${place}: no readable YAML or JSON${read.line}` })
    else {
      for (const [object, where] of listServed(read.value, place)) {
        const read = readServed(object)
        if ('metadata' in read) manifests.push(read)
        else problems.push({ ...read, file, message: `${where}: ${read.message}` })
      }
    }
  }
  return { manifests, problems }
}

/** The parts of an object that are read, or the first field that is missing or illegal. */
export function readObject(object: unknown): Manifest | { readonly field: string } {
  const parsed = manifest.safeParse(object)
  if (parsed.success) return { ...parsed.data, spec: parsed.data.spec }
  return { field: parsed.error.issues[0]?.path.join('.') ?? '' }
}

/** The values of what holds variables are kept as well, unless they are encrypted. */
function readServed(object: unknown): Manifest | Omit<ManifestProblem, 'file'> {
  const read = readObject(object)
  const { success: isVariable, data: fields } = variableObject.safeParse(object)
  const about = isVariable ? { kind: fields.kind } : {}
  if ('field' in read) return { message: `${read.field} is missing or illegal`, ...about }
  if (!isVariable) return read
  const { data, stringData, sops } = fields
  if (sops !== undefined) return { message: 'it is encrypted', ...about }
  return { ...read, ...(data !== undefined && { data }), ...(stringData !== undefined && { stringData }) }
}

function listServed(value: unknown, place: string): readonly (readonly [object: unknown, place: string])[] {
  const items = list.safeParse(value)
  const objects = items.success
    ? items.data.items.map((item, n) => [item, `${place}, item ${n + 1}`] as const)
    : [[value, place] as const]
  return objects.filter(
    ([object]) => served.safeParse(object).success || variableObject.safeParse(object).success,
  )
}

type ParsedDocument = Document.Parsed | 'unreadable'

/** A text that the parser gives up on is one document that cannot be read. */
function parseDocuments(text: string): readonly ParsedDocument[] {
  try {
    const documents = parseAllDocuments(text, { merge: true, logLevel: 'silent' })
    return Array.isArray(documents) ? documents : []
  } catch {
    return ['unreadable']
  }
}

/** The plain value, or where the document breaks off. */
function readDocument(document: ParsedDocument): { readonly value: unknown } | { readonly line: string } {
  if (document === 'unreadable') return { line: '' }
  const error = document.errors[0]
  if (error) return { line: error.linePos === undefined ? '' : ` in line ${error.linePos[0].line}` }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) }
  } catch {
    // More aliases than allowed, an alias without an anchor, or too deep a nesting.
    return { line: '' }
  }
}
