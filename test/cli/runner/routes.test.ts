import { describe, expect, it } from 'vitest'
import { matchRoute } from '../../../cli/runner/routes.ts'

const routes = [
  { routeKey: 'GET /configs', target: 'list' },
  { routeKey: 'GET /configs/{source}/{namespace}/{name}', target: 'read' },
  { routeKey: 'POST /configs/{source}/{namespace}/{name}/sync', target: 'sync' },
]

describe('matchRoute', () => {
  it.each([
    ['GET /configs', 'list', {}],
    ['GET /configs/demo/shop/app', 'read', { source: 'demo', namespace: 'shop', name: 'app' }],
    ['GET /configs/demo/shop/a%2Fb', 'read', { source: 'demo', namespace: 'shop', name: 'a/b' }],
    ['POST /configs/demo/shop/app/sync', 'sync', { source: 'demo', namespace: 'shop', name: 'app' }],
  ])('finds %s', (request, target, pathParameters) => {
    const [method = '', path = ''] = request.split(' ')
    expect(matchRoute(routes, { method, path })).toMatchObject({ target, pathParameters })
  })

  it.each([
    ['POST', '/configs'],
    ['GET', '/configs/'],
    ['GET', '//configs'],
    ['GET', '/configs/demo/shop'],
    ['GET', '/configs/demo//app'],
    ['GET', '/configs/demo/shop/%'],
    ['GET', '/configs/demo/shop/app/sync'],
    ['GET', 'http://127.0.0.1/configs'],
    ['get', '/configs'],
    ['GET', ''],
  ])('finds nothing for %s %s', (method, path) => {
    expect(matchRoute(routes, { method, path })).toBeNull()
  })
})
