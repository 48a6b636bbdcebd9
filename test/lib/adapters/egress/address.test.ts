import { isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAddress } from '../../../../lib/adapters/egress/address.ts'

describe('classifyAddress', () => {
  it.each([
    ['140.82.121.4', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['2606:50c0:8000::153', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd00:ec2::254', 'private'],
    ['64:ff9b::a9fe:a9fe', 'private'],
    ['0.0.0.0', 'forbidden'],
    ['169.254.169.254', 'forbidden'],
    ['192.0.0.8', 'forbidden'],
    ['198.19.0.1', 'forbidden'],
    ['224.0.0.1', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['::', 'forbidden'],
    ['::127.0.0.1', 'forbidden'],
    ['::ffff:127.0.0.1', 'forbidden'],
    ['::ffff:8c52:7904', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fe80::1%eth0', 'forbidden'],
    ['ff02::1', 'forbidden'],
    ['2001::1', 'forbidden'],
    ['2001:db8::1', 'forbidden'],
    ['2002:7f00:1::', 'forbidden'],
    ['git.test', 'forbidden'],
    ['', 'forbidden'],
  ])('%s is %s', (address, kind) => {
    expect(classifyAddress(address)).toBe(kind)
  })

  it('never calls an IPv4 address inside an IPv6 one public', () => {
    const embedded = fc
      .tuple(fc.constantFrom('::', '::ffff:', '64:ff9b::', '::ffff:0:'), fc.ipV4())
      .map(([prefix, address]) => `${prefix}${address}`)
    fc.assert(
      fc.property(embedded.filter(isIPv6), (address) => {
        expect(classifyAddress(address)).not.toBe('public')
      }),
    )
  })

  it('calls public only what lies in 2000::/3', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const isGlobal = /^[23][0-9a-f]{3}:/i.test(address)
        if (classifyAddress(address) === 'public') expect(isGlobal).toBe(true)
      }),
    )
  })
})
