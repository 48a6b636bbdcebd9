import { isParameter } from '../../../../lib/core/parameters/parameter-name.ts'

/** The two configs of the world. Both publish under `api-…` at first, so that one name may be wanted by both. */
export const configNames = ['dev', 'prod'] as const

export type ConfigName = (typeof configNames)[number]

/** Keys that each config may hold; `C` and `Q` are in both. `P`, `Q` and `R` are no secrets but parameters. */
export const keysOf = { dev: ['A', 'B', 'C', 'P', 'Q'], prod: ['C', 'D', 'E', 'Q', 'R'] } as const

export const allKeys = ['A', 'B', 'C', 'D', 'E', 'P', 'Q', 'R'] as const

/** What the names of a config begin with. */
export const prefixes = ['api', 'web'] as const

export type Prefix = (typeof prefixes)[number]

/** What a commit says: the value of each key, by config. */
export type Content = Readonly<Record<ConfigName, ReadonlyMap<string, string>>>

/** What decides which names a commit stands for. */
export interface ContentKind {
  /** Whether `dev` has so many secrets that the store is listed instead of described one by one. */
  readonly isLarge: boolean
  /** Whether the configs publish parameters too. */
  readonly parameters: boolean
  /** Whether both configs want the keys that they share; `dev` alone where they do not. */
  readonly isContested: boolean
}

const fillers = Array.from({ length: 22 }, (_, index) => `X${String(index).padStart(2, '0')}`)

/** What `dev` holds beside its keys in a large world. */
export function listFillers({ isLarge }: Pick<ContentKind, 'isLarge'>): readonly string[] {
  return isLarge ? fillers : []
}

export function nameOf(key: string, prefix: Prefix): string {
  return isParameterKey(key) ? `ssm:/${prefix}/${key}` : `${prefix}-${key}`
}

function isParameterKey(key: string): boolean {
  return key === 'P' || key === 'Q' || key === 'R'
}

/** The key behind a name. */
export function keyOf(name: string): string {
  return name.slice(isParameter(name) ? name.lastIndexOf('/') + 1 : name.indexOf('-') + 1)
}

/** What of `content` there is in a world of this kind. */
export function limitContent(content: Content, { parameters, isContested }: ContentKind): Content {
  const isShared = (key: string) => keysOf.dev.some((other) => other === key)
  const limit = (name: ConfigName) =>
    new Map(
      [...content[name]].filter(
        ([key]) => (parameters || !isParameterKey(key)) && (isContested || name === 'dev' || !isShared(key)),
      ),
    )
  return { dev: limit('dev'), prod: limit('prod') }
}

/** The files of a commit: `dev` is in the raw form, `prod` an overlay. */
export function formatFiles({ dev, prod }: Content, kind: ContentKind): Readonly<Record<string, string>> {
  const [secrets, parameters] = splitContent(dev)
  const filled = [...secrets, ...listFillers(kind).map((key) => [key, 'fill'] as const)]
  const folder = 'api/deployment-configuration/dev'
  const [secretData, configData] = splitContent(prod)
  return {
    [`${folder}/application.secrets.env`]: formatLines(filled),
    ...(kind.parameters && { [`${folder}/application.properties`]: formatLines(parameters) }),
    'prod/kustomization.yaml': 'resources: [secret.yaml, config.yaml]\n',
    'prod/secret.yaml': formatObject('Secret', 'stringData', secretData),
    'prod/config.yaml': formatObject('ConfigMap', 'data', configData),
  }
}

type Pairs = readonly (readonly [string, string])[]

function splitContent(part: ReadonlyMap<string, string>): readonly [secrets: Pairs, parameters: Pairs] {
  const pairs = [...part]
  return [pairs.filter(([key]) => !isParameterKey(key)), pairs.filter(([key]) => isParameterKey(key))]
}

function formatLines(pairs: Pairs): string {
  return pairs.map(([key, value]) => `${key}=${value}\n`).join('')
}

function formatObject(kind: string, field: string, pairs: Pairs): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'app' },
    [field]: Object.fromEntries(pairs),
  })
}
