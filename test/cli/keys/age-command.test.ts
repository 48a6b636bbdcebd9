import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createAgeCommandKeyService } from '../../../cli/keys/age-command.ts'
import { parseSopsFile } from '../../../lib/core/sops/sops-file.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const keyFile = join(fixtures, 'keys/sops-vectors.agekey')
const file = parseSopsFile(readFileSync(join(fixtures, 'sops/vectors/app.enc.env')), 'dotenv')
const [entry] = file.metadata.groups.flat().filter(({ kind }) => kind === 'age')
const folder = mkdtempSync(join(tmpdir(), 'age-command-'))
const log = join(folder, 'log')

afterAll(() => rmSync(folder, { recursive: true }))

function createService(command: string) {
  const environment = { PATH: process.env['PATH'], SOPS_AGE_KEY_CMD: command }
  return createAgeCommandKeyService({
    variable: 'SOPS_AGE_KEY_CMD',
    environment,
    isGranted: () => true,
    onSkipped: () => {},
  })
}

describe('identities that a command prints', () => {
  it('open what they are for; the command runs once for a recipient, which it is told', async () => {
    if (entry?.kind !== 'age') throw new Error('the vector has no age entry')
    const service = createService(`sh -c 'echo "$SOPS_AGE_RECIPIENT" >> ${log}; cat ${keyFile}'`)
    expect((await service.unwrap(entry))?.length).toBe(32)
    expect((await service.unwrap(entry))?.length).toBe(32)
    expect(readFileSync(log, 'utf8')).toBe(`${entry.recipient}\n`)
  })

  it.each([
    ['fails', 'sh -c "echo canary-key; exit 3"', '3'],
    ['is not there', '/nowhere/command', 'ENOENT'],
  ])('are none where the command %s', async (_, command, ended) => {
    if (!entry) throw new Error('the vector has no entry')
    const error = await createService(command)
      .unwrap(entry)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'SopsKeyInvalid', data: { source: 'SOPS_AGE_KEY_CMD', ended } })
    expect(String(error)).not.toContain('canary')
  })

  it('are not asked for by an entry of another kind', async () => {
    const service = createService('/nowhere/command')
    expect(await service.unwrap({ kind: 'pgp', fingerprint: 'AB', enc: 'x' })).toBeNull()
  })
})
