import { expect, it } from 'vitest'
import { chooseCredentials } from '../../../../lib/adapters/credentials/choose-credentials.ts'

const url = 'https://git.test/o/r'
const ref = { namespace: 'a', name: 'creds' }
const credential = { urlPrefix: url }

it('asks the cluster for what the service has not, and only where a cluster names it', async () => {
  const asked: unknown[] = []
  const read = chooseCredentials(
    async ({ name }) => (name === 'own' ? credential : null),
    async (...args) => {
      asked.push(args)
      return null
    },
  )
  expect(await read({ ...ref, name: 'own', cluster: 'prod' }, url)).toBe(credential)
  expect(await read(ref, url)).toBeNull()
  expect(asked).toEqual([])
  expect(await read({ ...ref, cluster: 'prod' }, url)).toBeNull()
  expect(asked).toEqual([[{ ...ref, cluster: 'prod' }, url]])
})
