import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { installManifests } from '../../../cli/quickstart/install-manifests.ts'

it('copies the manifests with the address of the service', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smc-manifests-'))
  try {
    const from = join(import.meta.dirname, '../../../examples/quickstart/manifests')
    await installManifests({ from, to: join(folder, 'm'), gitUrl: 'http://127.0.0.1:9/git/x/' })
    expect(readdirSync(join(folder, 'm')).sort()).toEqual(readdirSync(from).sort())
    expect(readFileSync(join(folder, 'm', 'source.yaml'), 'utf8')).toContain(
      'url: http://127.0.0.1:9/git/x/shop.git',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
