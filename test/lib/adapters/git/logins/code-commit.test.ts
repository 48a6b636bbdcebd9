import { describe, expect, it } from 'vitest'
import { createEgress } from '../../../../../lib/adapters/egress/egress.ts'
import { mintCodeCommitLogin } from '../../../../../lib/adapters/git/logins/code-commit.ts'

const mint = (url: string, sessionToken?: string) =>
  mintCodeCommitLogin(
    { codeCommit: true },
    {
      url,
      egress: createEgress({}),
      now: () => Date.parse('2026-11-30T12:34:56.789Z'),
      readAwsCredentials: async () => ({
        accessKeyId: 'AKIDEXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
        ...(sessionToken !== undefined && { sessionToken }),
      }),
    },
  )

describe('mintCodeCommitLogin', () => {
  // Signatures of `aws codecommit credential-helper` 1.46.3 at that time with those keys.
  it.each([
    [
      'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop',
      '20261130T123456Zd6861cfec9b034d7a5bcfcb518ff5c834a6ac78d6023705f7fbe70360b5d03db',
    ],
    [
      'https://git-codecommit.cn-north-1.amazonaws.com.cn/v1/repos/shop',
      '20261130T123456Zd7482e90fdf85cdac4ed602bb726dcc15a79e6568f67e9cc62ca6f4fad7e25fc',
    ],
  ])('signs %s as the AWS CLI does', async (url, password) => {
    expect(await mint(url)).toEqual({
      login: { username: 'AKIDEXAMPLE', password },
      expiresAtMs: Date.parse('2026-11-30T12:49:56.789Z'),
    })
    expect((await mint(url, 'a/session')).login).toEqual({ username: 'AKIDEXAMPLE%a/session', password })
  })

  it.each([
    'https://git.test/v1/repos/shop',
    'https://git-codecommit.eu-west-1.amazonaws.com.evil.test/v1/repos/shop',
    'https://evil.test/git-codecommit.eu-west-1.amazonaws.com',
  ])('signs nothing for %s', async (url) => {
    await expect(mint(url)).rejects.toMatchObject({ code: 'GitAuthFailed' })
  })
})
