import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import * as z from 'zod'
import { specSchema } from '../../lib/core/config/parse/config-schema.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'infra/kubernetes')

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly default?: unknown
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
}

const definition = parse(readFileSync(join(folder, 'secretmanagerconfigs.yaml'), 'utf8'))
const schema: Node = definition.spec.versions[0].schema.openAPIV3Schema.properties.spec
const ours = z.toJSONSchema(specSchema, { io: 'input', unrepresentable: 'any' }) as Node

/** Paths of the fields that `node` lists, `items` of lists included. */
function listFields(node: Node, path = ''): string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, child]) => [
    `${path}.${name}`,
    ...listFields(child, `${path}.${name}`),
  ])
  return [...own, ...(node.items ? listFields(node.items, `${path}[]`) : [])]
}

const hasKustomize = (() => {
  try {
    execFileSync('kustomize', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe('the kind that a cluster is given', () => {
  it('has the fields that the service reads, and no other', () => {
    expect(listFields(schema).toSorted()).toEqual(listFields(ours).toSorted())
  })

  it('fills in the defaults of the service where it fills in any', () => {
    const differing = Object.entries(schema.properties ?? {}).filter(
      ([name, { default: value }]) => value !== undefined && value !== ours.properties?.[name]?.default,
    )
    expect(differing.map(([name]) => name)).toEqual([])
  })

  it.skipIf(!hasKustomize)('is built with the roles by Kustomize (skipped without it)', () => {
    const built = execFileSync('kustomize', ['build', folder], { encoding: 'utf8' })
    const kinds = parseAllDocuments(built).map((document) => document.toJS().kind)
    expect(kinds.toSorted()).toEqual([
      'ClusterRole',
      'ClusterRole',
      'ClusterRoleBinding',
      'ClusterRoleBinding',
      'CustomResourceDefinition',
    ])
  })
})
