import { execFile, execFileSync } from 'node:child_process'
import { constants, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { describeEmulated } from './emulators/describe-emulated.ts'
import { preparationTimeoutMs, preparePython } from './emulators/python-environment.ts'
import { openAccount } from './stack/account.ts'
import { type Cloud, startCloud } from './stack/cloud.ts'
import { openFunctions } from './stack/functions.ts'
import { type GitServer, startGitServer } from './stack/git-server.ts'
import { openHttpApi } from './stack/http-api.ts'
import { namespace } from './stack/manifests.ts'
import { createApplication, createPassword, overlayPath } from './stack/overlays.ts'
import { createEncrypt } from './stack/sops.ts'
import { waitFor } from './stack/wait-for.ts'

const execute = promisify(execFile)
const root = join(import.meta.dirname, '../../..')

/** What the pages say of a deployment; the packages are there, or this test would not run. */
function readDeployBlock(page: string): string {
  const [, block = ''] = /\n## Deploy[^\n]*\n[\s\S]*?```sh\nnpm ci\n([\s\S]*?)```/.exec(readPage(page)) ?? []
  return block
}

function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

/** The manifests of the README, of a private repository of ours. */
function createManifests(url: string): string {
  const [, text = ''] =
    /```yaml\n(apiVersion: secret-management[\s\S]*?)```/.exec(readPage('README.md')) ?? []
  const [config, source] = parseAllDocuments(text)
  config?.setIn(['spec', 'secrets', 'kustomizePath'], overlayPath('dev'))
  source?.setIn(['spec', 'url'], url)
  source?.setIn(['spec', 'secretRef'], { name: 'login' })
  return `${config}---\n${source}`
}

/** A `gh` that notes its arguments: the hook is GitHub's part. */
const gh = `#!/bin/sh
for argument; do printf '%s\\0' "$argument"; done > "$GH_ARGUMENTS"
`

describeEmulated('the deployment that the README describes', () => {
  let folder: string
  let cloud: Cloud
  let git: GitServer

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smc-deploy-'))
    await preparePython()
    cloud = await startCloud()
    git = await startGitServer()
  }, preparationTimeoutMs)

  afterAll(async () => {
    await cloud?.stop()
    await git?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is the same in the README and in docs/deploy.md', () => {
    expect(readDeployBlock('README.md')).toContain('npm run deploy')
    expect(readDeployBlock('docs/deploy.md')).toBe(readDeployBlock('README.md'))
  })

  it('publishes what a manifest names, and then each push', async () => {
    const account = openAccount(cloud)
    const kmsKeyArn = await account.createKmsKey()
    await account.createSecret(`smc/prod/git/${namespace}/login`, git.login)
    const repository = git.createRepository('shop.git')
    const url = `${git.url}/shop.git`
    const encrypt = await createEncrypt(cloud.environment, ['--kms', kmsKeyArn])
    repository.commit(await createApplication(encrypt, 'shop', ['dev']))
    const checkout = checkOut({ decryptionKeys: kmsKeyArn, allowedHosts: new URL(git.url).host, listLag: 0 })
    writeFileSync(join(checkout, 'shop.yaml'), createManifests(url))

    const hook = await follow(readDeployBlock('README.md'), checkout)

    expect(hook).toMatchObject({ path: 'repos/OWNER/REPO/hooks', content_type: 'json', active: 'true' })
    expect(hook['events[]']).toBe('push')
    const [apiUrl = '', route] = (hook['url'] ?? '').split(/(?=\/webhooks\/)/)
    expect(route).toBe('/webhooks/github')
    await openFunctions(cloud, 'prod').invoke('reconcile')
    const waitForPassword = (password: string) =>
      waitFor(
        () => account.readSecret('shop-dev-DATABASE_PASSWORD'),
        (secret) => secret?.value === password,
      )
    expect(await waitForPassword('shop-dev-password')).toMatchObject({ tags: { 'smc-deployment': 'prod' } })
    const commit = repository.commit(await createPassword(encrypt, 'dev', 'edited'))
    const api = openHttpApi(cloud, apiUrl, hook['secret'])
    expect(await api.deliverPush(url, commit)).toMatchObject({ status: 202 })
    await waitForPassword('edited')
  }, 300_000)

  /** A copy of the tree, with parameters as docs/deploy.md says to set them once. */
  function checkOut(params: object): string {
    const checkout = join(folder, 'checkout')
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')
    for (const file of files.filter((each) => each !== '' && !each.startsWith('test/'))) {
      mkdirSync(dirname(join(checkout, file)), { recursive: true })
      cpSync(join(root, file), join(checkout, file))
    }
    // The packager asks npm for the tree of packages, which wants it to be real.
    const filter = (path: string) => !path.endsWith('/node_modules/.cache')
    const options = { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE, filter }
    cpSync(join(root, 'node_modules'), join(checkout, 'node_modules'), options)
    const file = join(checkout, 'infra/params.yml')
    const shared = parse(readFileSync(file, 'utf8'))
    writeFileSync(file, stringify({ ...shared, prod: params }))
    return checkout
  }

  /** Types the commands. @returns what `gh` was told: the path, and each field by name */
  async function follow(commands: string, cwd: string): Promise<Readonly<Record<string, string>>> {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'gh'), gh, { mode: 0o755 })
    const noted = join(folder, 'gh-arguments')
    const env = {
      ...cloud.environment,
      PATH: `${bin}:${await preparePython()}:${process.env['PATH']}`,
      HOME: folder,
      AWS_DEFAULT_REGION: cloud.region,
      GH_ARGUMENTS: noted,
    }
    await execute('sh', ['-e', '-c', commands], { cwd, env })
    const [, path = '', ...options] = readFileSync(noted, 'utf8').split('\0')
    const fields = options.flatMap((option) => {
      const [, name = '', value = ''] = /^(?:config\[)?(\w+(?:\[\])?)\]?=([\s\S]*)$/.exec(option) ?? []
      return name === '' ? [] : [[name, value]]
    })
    return { path, ...Object.fromEntries(fields) }
  }
})
