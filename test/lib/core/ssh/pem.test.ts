import { expect, it } from 'vitest'
import { decodePem } from '../../../../lib/core/ssh/pem.ts'

it('gives the bytes between the lines of a block', () => {
  const pem = '-----BEGIN SSH SIGNATURE-----\naGVs\nbG8=\n-----END SSH SIGNATURE-----\n'
  expect(decodePem(pem).toString()).toBe('hello')
  expect(decodePem('-----BEGIN A-----\n-----END A-----').length).toBe(0)
})
