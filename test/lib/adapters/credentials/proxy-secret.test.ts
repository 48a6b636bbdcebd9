import { describe, expect, it } from 'vitest'
import { readProxySecret } from '../../../../lib/adapters/credentials/proxy-secret.ts'

const read = (values: Readonly<Record<string, string>>) =>
  readProxySecret({ secret: 'flux-system/proxy', values: new Map(Object.entries(values)) })

describe('readProxySecret', () => {
  it.each([
    [{ address: 'http://proxy.test:3128' }, { address: 'http://proxy.test:3128' }],
    [{ address: 'HTTPS://Proxy.test/' }, { address: 'https://proxy.test' }],
    [
      { address: 'socks5://proxy.test:1080', username: 'u', password: 'p' },
      { address: 'socks5://proxy.test:1080', login: { username: 'u', password: 'p' } },
    ],
    [
      { address: 'http://proxy.test', username: 'u' },
      { address: 'http://proxy.test', login: { username: 'u', password: '' } },
    ],
    [
      { address: 'http://u:p%40ss@proxy.test:3128' },
      { address: 'http://proxy.test:3128', login: { username: 'u', password: 'p@ss' } },
    ],
  ])('reads %j', (values, proxy) => {
    expect(read(values)).toEqual(proxy)
  })

  it.each([
    {},
    { address: 'proxy.test:3128' },
    { address: 'socks4://canary.test' },
    { address: 'http://' },
    { address: 'http://canary%:p@proxy.test' },
    { address: `http://${'canary'.repeat(400)}` },
  ])('refuses %j and quotes nothing', (values) => {
    const data = {
      secret: 'flux-system/proxy',
      key: 'address',
      problem: expect.not.stringContaining('canary'),
    }
    expect(() => read(values)).toThrow(expect.objectContaining({ code: 'GitAuthFailed', data }))
  })
})
