import { once } from 'node:events'
import { join } from 'node:path'
import { createDirectorySource } from '../lib/adapters/config/directory.ts'
import type { Home } from '../lib/adapters/home/home.ts'
import { lockHome } from '../lib/adapters/home/lock.ts'
import { removeServeInfo, writeServeInfo } from '../lib/adapters/home/serve-info.ts'
import { SyncError } from '../lib/core/errors.ts'
import { summarizeConfig } from '../lib/core/status/describe-config.ts'
import { type Command, type CommandInput, exitCodes, readText } from './command.ts'
import type { Embedded } from './embedded/compose.ts'
import { composeForCommand } from './embedded/compose-for-command.ts'
import { fromFolder, openConfigOrigin } from './embedded/config-origin.ts'
import { openHomeOf } from './embedded/home-option.ts'
import { quickstartName } from './embedded/options.ts'
import { type RunningFunctions, startFunctions } from './embedded/start-functions.ts'
import { formatCloneUrl, readGitMount } from './quickstart/clone-url.ts'
import { createQuickstartGit, installQuickstart, quickstartKeyFile } from './quickstart/quickstart.ts'
import { formatStatus } from './text/format-status.ts'

const defaultPort = 8617
const scheduleMs = 60_000

/** `smc serve`: the whole service on this machine. */
export const serve: Command = {
  usage: 'serve [--manifests DIR | --kubeconfig FILE --policy FILE] [--home DIR] [--port N]',
  about:
    'Runs the service on this machine. Without --manifests and --kubeconfig it brings a repository of its own to try it with.',
  options: {},
  async run(input) {
    const home = openHomeOf(input)
    const lock = lockHome(home)
    const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    try {
      const embedded = await compose(input, home)
      try {
        await runUntil(stopped, input, { home, embedded })
      } finally {
        embedded.close()
      }
      return exitCodes.done
    } finally {
      lock.release()
    }
  },
}

function isQuickstart(input: CommandInput): boolean {
  return readText(input, 'manifests') === undefined && readText(input, 'kubeconfig') === undefined
}

async function compose(input: CommandInput, home: Home): Promise<Embedded> {
  const origin = isQuickstart(input)
    ? fromFolder(createDirectorySource({ path: join(home.path, quickstartName), name: quickstartName }))
    : openConfigOrigin(input, home)
  const environment = isQuickstart(input)
    ? { SOPS_AGE_KEY_FILE: quickstartKeyFile, ...input.environment }
    : input.environment
  return await composeForCommand({ ...input, environment }, home, origin)
}

interface Serving {
  readonly home: Home
  readonly embedded: Embedded
}

async function runUntil(
  stopped: Promise<unknown>,
  input: CommandInput,
  { home, embedded }: Serving,
): Promise<void> {
  const mounts = isQuickstart(input)
    ? { [readGitMount(home)]: createQuickstartGit(home, input.environment) }
    : {}
  const functions = await startFunctions(embedded, { home, port: readPort(input), mounts })
  const schedule = setInterval(() => void reconcile(functions, input), scheduleMs)
  try {
    if (isQuickstart(input)) {
      const manifests = join(home.path, quickstartName)
      await installQuickstart(home, { serviceUrl: functions.url, manifests, environment: input.environment })
    }
    writeServeInfo(home, { url: functions.url, pid: process.pid })
    input.output.note('first sync of every config …')
    await functions.reconcile()
    await embedded.queue.idle()
    await sayReady(input, { home, embedded }, functions.url)
    await stopped
  } finally {
    clearInterval(schedule)
    removeServeInfo(home)
    await functions.stop()
  }
}

/** A pass that fails is said, and the next one tries again. */
async function reconcile(functions: RunningFunctions, input: CommandInput): Promise<void> {
  try {
    await functions.reconcile()
  } catch {
    input.output.note('a scheduled pass failed; the next one follows in a minute')
  }
}

function readPort(input: CommandInput): number {
  const text = readText(input, 'port') ?? String(defaultPort)
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new SyncError('UsageInvalid', { data: { port: text } })
  return port
}

async function sayReady(input: CommandInput, { home, embedded }: Serving, url: string): Promise<void> {
  const { output } = input
  output.result(formatStatus((await embedded.dependencies.state.listHeads()).map(summarizeConfig)))
  if (isQuickstart(input)) {
    output.result(
      [
        '',
        'Try next, in another terminal:',
        `  git clone ${formatCloneUrl(home, url)}`,
        '  change FEATURE_FLAGS in shop/microservices/shop/deployment-configuration/profiles/dev/kustomization.yaml',
        '  git commit and git push, then',
        '  bin/smc secrets get shop-dev-FEATURE_FLAGS --reveal',
        '',
      ].join('\n'),
    )
  }
  output.result(`ready ${url}`)
}
