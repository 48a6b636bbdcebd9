import { expect, it } from 'vitest'
import { parseConfigLocation } from '../../../../lib/core/config/config-location.ts'

it.each([
  ['team=manifests', { kind: 'directory', name: 'team', path: 'manifests' }],
  ['team=./a/b.d', { kind: 'directory', name: 'team', path: './a/b.d' }],
  ['prod-1.eu=s3://acme-configs', { kind: 's3', name: 'prod-1.eu', bucket: 'acme-configs', prefix: '' }],
  ['team=s3://acme/', { kind: 's3', name: 'team', bucket: 'acme', prefix: '' }],
  ['prod=cluster://prod', { kind: 'cluster', name: 'prod', kubeconfig: 'prod', argocdNamespace: 'argocd' }],
  ['eu=cluster://a.b?argocd=cd', { kind: 'cluster', name: 'eu', kubeconfig: 'a.b', argocdNamespace: 'cd' }],
  ['team=s3://acme/smc/prod/', { kind: 's3', name: 'team', bucket: 'acme', prefix: 'smc/prod/' }],
])('reads %s', (text, location) => {
  expect(parseConfigLocation(text)).toEqual(location)
})

it.each([
  '',
  'manifests',
  '=manifests',
  'a/b=manifests',
  'Team=manifests',
  'team=',
  'team=s3://',
  'team=http://a',
  'prod=cluster://',
  'prod=cluster://a/b',
  'prod=cluster://a?other=b',
])('reads nothing in %j', (text) => {
  expect(parseConfigLocation(text)).toBeNull()
})
