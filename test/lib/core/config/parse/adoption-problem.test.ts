import { expect, it } from 'vitest'
import {
  type AdoptionText,
  findAdoptionProblem,
} from '../../../../../lib/core/config/parse/adoption-problem.ts'

const versionId = 'a'.repeat(32)

it.each<AdoptionText>([
  { name: 'legacy/db+user=x@y', versionId },
  { name: '/legacy/db', versionId: 'b'.repeat(64) },
  { name: 'ssm:/legacy/log_level', version: 1 },
])('finds nothing wrong with %j', (adoption) => {
  expect(findAdoptionProblem(adoption)).toBeUndefined()
})

it.each<[AdoptionText, string]>([
  [{ name: 'a b', versionId }, 'name'],
  [{ name: 'a' }, 'versionId'],
  [{ name: 'a', versionId: '7' }, 'versionId'],
  [{ name: 'a', versionId: 'a'.repeat(65) }, 'versionId'],
  [{ name: 'a', versionId, version: 7 }, 'version'],
  [{ name: 'ssm:legacy', version: 7 }, 'name'],
  [{ name: 'ssm:/legacy' }, 'version'],
  [{ name: 'ssm:/legacy', versionId, version: 7 }, 'versionId'],
])('finds in %j what is wrong with %s', (adoption, field) => {
  expect(findAdoptionProblem(adoption)).toMatchObject({ field })
})
