import { BlockList, isIP } from 'node:net'

/** What an IP address is for, as far as it decides whether the service may connect to it. */
export type AddressKind = 'public' | 'loopback' | 'private' | 'forbidden'

/** @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const ranges4 = {
  loopback: ['127.0.0.0/8'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
  // This network, link-local with the metadata of clouds, protocol assignments, documentation, 6to4 relays,
  // benchmarks, multicast, reserved and broadcast.
  forbidden: [
    '0.0.0.0/8',
    '169.254.0.0/16',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
} as const

/** @see https://www.iana.org/assignments/iana-ipv6-special-registry */
const ranges6 = {
  loopback: ['::1/128'],
  // Unique local, and NAT64: the address of an IPv4 host behind the gateway of the own network.
  private: ['fc00::/7', '64:ff9b::/96', '64:ff9b:1::/48'],
  // Protocol assignments with Teredo, documentation, 6to4.
  forbidden: ['2001::/23', '2001:db8::/32', '3fff::/20', '2002::/16'],
} as const

/** The only IPv6 addresses in public use: IPv4 inside IPv6, link-local and multicast lie outside. */
const globalUnicast = createList(['2000::/3'], 'ipv6')

const lists4 = createLists(ranges4, 'ipv4')
const lists6 = createLists(ranges6, 'ipv6')

/**
 * Sorts an address as text, an IPv6 one without brackets. Whatever is not known to be public, loopback or private
 * is forbidden, text that is no address included.
 */
export function classifyAddress(address: string): AddressKind {
  switch (isIP(address)) {
    case 4:
      return findKind(lists4, address, 'ipv4') ?? 'public'
    case 6:
      return (
        findKind(lists6, address, 'ipv6') ?? (globalUnicast.check(address, 'ipv6') ? 'public' : 'forbidden')
      )
    default:
      return 'forbidden'
  }
}

type Lists = readonly (readonly [AddressKind, BlockList])[]

function createLists(ranges: typeof ranges4 | typeof ranges6, family: 'ipv4' | 'ipv6'): Lists {
  return [
    ['loopback', createList(ranges.loopback, family)],
    ['private', createList(ranges.private, family)],
    ['forbidden', createList(ranges.forbidden, family)],
  ]
}

function createList(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/')
    list.addSubnet(network, Number(prefix), family)
  }
  return list
}

function findKind(lists: Lists, address: string, family: 'ipv4' | 'ipv6'): AddressKind | undefined {
  return lists.find(([, list]) => list.check(address, family))?.[0]
}
