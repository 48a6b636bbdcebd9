import { describe, expect, it } from 'vitest'
import { createEksToken } from '../../../../lib/adapters/kube/eks-token.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x', sessionToken: 'tok/en==' }
const now = Date.UTC(2026, 0, 1)
const create = (changes: Partial<Parameters<typeof createEksToken>[0]> = {}) =>
  createEksToken({ cluster: 'c1', region: 'eu-west-1', credentials, now, ...changes })
const readUrl = (token: string) =>
  new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString('utf8'))

describe('createEksToken', () => {
  // Computed by two independent implementations, one of them that of AWS.
  it('signs as AWS does', () => {
    expect(readUrl(create()).searchParams.get('X-Amz-Signature')).toBe(
      '773b826b8ec7c7d8604de22e51ec85c00ff8041b85ede6004a1f8228a32f5926',
    )
  })

  it('holds the parameters that the cluster takes, and no other', () => {
    const url = readUrl(create())
    expect(url.origin + url.pathname).toBe('https://sts.eu-west-1.amazonaws.com/')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20260101/eu-west-1/sts/aws4_request',
      'X-Amz-Date': '20260101T000000Z',
      'X-Amz-Expires': '60',
      'X-Amz-Security-Token': 'tok/en==',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    })
    expect([...url.searchParams]).toHaveLength(9)
  })

  it('is base64url without padding and at most 4096 bytes long with a long session token', () => {
    const token = create({ credentials: { ...credentials, sessionToken: 'IQoJb3JpZ2luX2Vj/Bw'.repeat(80) } })
    expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/)
    expect(token.length).toBeLessThanOrEqual(4096)
  })

  it('differs for another cluster, and leaves the session token out where there is none', () => {
    const { sessionToken: _, ...keys } = credentials
    expect(create({ cluster: 'c2' })).not.toBe(create())
    expect(readUrl(create({ credentials: keys })).searchParams.has('X-Amz-Security-Token')).toBe(false)
  })

  it('asks STS of the own partition', () => {
    expect(readUrl(create({ region: 'cn-north-1' })).hostname).toBe('sts.cn-north-1.amazonaws.com.cn')
  })
})
