/** A route key of API Gateway, such as `GET /requests/{id}`, with what serves it. */
export interface Route<Target> {
  readonly routeKey: string
  readonly target: Target
}

export interface MatchedRoute<Target> extends Route<Target> {
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>
}

/**
 * The route that API Gateway would choose for `path`, which is still encoded and has no query; `null` where there is
 * none. A parameter stands for one whole segment.
 */
export function matchRoute<Target>(
  routes: readonly Route<Target>[],
  { method, path }: { readonly method: string; readonly path: string },
): MatchedRoute<Target> | null {
  for (const route of routes) {
    const [wantedMethod, template = ''] = route.routeKey.split(' ')
    const pathParameters = method === wantedMethod ? matchPath(template, path) : null
    if (pathParameters) return { ...route, pathParameters }
  }
  return null
}

function matchPath(template: string, path: string): Record<string, string> | null {
  const names = template.split('/')
  const segments = path.split('/')
  if (names.length !== segments.length) return null
  const parameters: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? ''
    const parameter = /^\{(\w+)\}$/.exec(name)?.[1]
    if (parameter === undefined) {
      if (name !== segment) return null
      continue
    }
    const value = decodeSegment(segment)
    if (!value) return null
    parameters[parameter] = value
  }
  return parameters
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    // A stray percent sign: no route has such a path.
    return null
  }
}
