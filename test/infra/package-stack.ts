import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** A statement of an IAM policy; what CloudFormation computes is still unresolved. */
export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource?: unknown
  readonly NotResource?: unknown
  readonly Condition?: unknown
}

export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
  readonly Condition?: string
  readonly DependsOn?: string | readonly string[]
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Conditions: Readonly<Record<string, unknown>>
  readonly Outputs: Readonly<Record<string, unknown>>
}

/** What esbuild says of one function: outputs by path, and the inputs of each. */
export interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly bytes: number
        readonly entryPoint?: string
        readonly inputs: Readonly<Record<string, unknown>>
        readonly imports: readonly { readonly path: string; readonly kind: string }[]
      }
    >
  >
}

export interface PackagedStack {
  readonly template: Template
  /** Where the zips are. */
  readonly directory: string
  readMetafile(functionName: string): Metafile
}

/** Packages the stack with `params`, offline and without credentials, as `npm run package` does. */
export function packageStack(params: Readonly<Record<string, string>> = {}): PackagedStack {
  const directory = mkdtempSync(join(tmpdir(), 'smc-package-'))
  const options = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`])
  execFileSync(join(root, 'scripts', 'stack'), ['package', '--package', directory, ...options], {
    env: { PATH: process.env['PATH'], HOME: directory, AWS_EC2_METADATA_DISABLED: 'true' },
    stdio: 'pipe',
  })
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
  return {
    template: read(join(directory, 'cloudformation-template-update-stack.json')),
    directory,
    readMetafile: (name) => read(join(root, `.esbuild/.build/functions/${name}/index-meta.json`)),
  }
}

/** Every statement of a role, with those that conditions may leave out. */
export function listStatements({ Properties }: Resource): Statement[] {
  const policies = Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly (Statement | { readonly 'Fn::If': unknown[] })[] }
  }[]
  return policies.flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.map((entry) => ('Fn::If' in entry ? (entry['Fn::If'][1] as Statement) : entry)),
  )
}
