import { describe, expect, it } from 'vitest'
import { listEarlyContexts } from '../../../../../lib/core/sops/metadata/early-contexts.ts'

describe('listEarlyContexts', () => {
  it.each(['3.2.0', '3.0.5', '2.0.9', 'v3.2.1'])(
    'gives all names each of the values in turn for %s',
    (version) => {
      expect(listEarlyContexts({ app: 'shop', env: 'prod', stage: 'prod' }, version)).toEqual([
        { app: 'shop', env: 'shop', stage: 'shop' },
        { app: 'prod', env: 'prod', stage: 'prod' },
      ])
    },
  )

  it.each(['3.3.0', '3.13.3', '4.0.0', '1.9', '', '3', 'x'])('has nothing to add for %j', (version) => {
    expect(listEarlyContexts({ app: 'shop', env: 'prod' }, version)).toEqual([])
  })

  it.each([[{}], [{ app: 'shop' }], [{ app: 'same', env: 'same' }]])(
    'has nothing to add to %j, which the fault cannot change',
    (context) => {
      expect(listEarlyContexts(context, '3.2.0')).toEqual([])
    },
  )
})
