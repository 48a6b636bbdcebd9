import { describe, expect, it } from 'vitest'
import { authorize, authorizeNames, type Policy } from '../../../../lib/core/config/authorize.ts'
import { parseConfig } from '../../../../lib/core/config/parse-config.ts'
import { parseSource } from '../../../../lib/core/source/parse-source.ts'
import { createConfigManifest, createGitRepository } from '../../../fakes/manifests.ts'

const listed: Policy = {
  tenancy: 'listed',
  ownPrefix: 'smc/',
  tenants: [
    { tenant: 'local/a', namePrefixes: ['a/', 'shared-'] },
    { tenant: 'local/b', namePrefixes: ['b/'] },
  ],
}
const refused = (data: object) => expect.objectContaining({ code: 'NotPermitted', data })

describe('authorize', () => {
  const config = parseConfig(createConfigManifest(), 'local')
  const source = parseSource(createGitRepository())

  it('allows every source to the only tenant', () => {
    expect(() => authorize({ tenancy: 'single' }, { config, source })).not.toThrow()
  })

  it('allows one tenant of several the sources of its own namespace', () => {
    const namespace = source.origin.namespace
    expect(() => authorize(listed, { config: { ...config, namespace }, source })).not.toThrow()
    const other = { ...config, namespace: 'other' }
    expect(() => authorize(listed, { config: other, source })).toThrow(
      refused({ path: 'spec.sourceRef.namespace' }),
    )
  })
})

describe('authorizeNames', () => {
  it('allows every name to the only tenant, but those of the service itself', () => {
    const policy: Policy = { tenancy: 'single', ownPrefix: 'smc/' }
    expect(() => authorizeNames(policy, { id: 'local/a/c' }, ['b/x', 'smc', 'x/smc/y'])).not.toThrow()
    expect(() => authorizeNames(policy, { id: 'local/a/c' }, ['b/x', 'smc/webhook'])).toThrow(
      refused({ secret: 'smc/webhook' }),
    )
  })

  it.each([
    ['local/a/c', ['a/x', 'shared-x'], null],
    ['local/a/c', ['a/x', 'b/x'], 'b/x'],
    ['local/b/c', ['shared-x'], 'shared-x'],
    ['other/a/c', ['a/x'], 'a/x'],
    ['local/aa/c', ['a/x'], 'a/x'],
    ['local/a/c', ['smc/webhook'], 'smc/webhook'],
  ])('to a config %s with %j refuses %j', (id, names, name) => {
    const judge = () => authorizeNames(listed, { id }, names)
    if (name === null) expect(judge).not.toThrow()
    else expect(judge).toThrow(refused({ secret: name }))
  })
})
