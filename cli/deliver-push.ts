import { text } from 'node:stream/consumers'
import { readServeInfo } from '../lib/adapters/home/serve-info.ts'
import { type Command, exitCodes } from './command.ts'
import { openHomeOf } from './embedded/home-option.ts'
import { readLocalUser } from './embedded/local-user.ts'
import { formatCloneUrl } from './quickstart/clone-url.ts'
import { createPushDelivery, parseRefUpdates } from './quickstart/push-delivery.ts'

/** `smc deliver-push`: the post-receive hook of the quickstart's repository. */
export const deliverPush: Command = {
  usage: 'deliver-push',
  about:
    'Sends what a post-receive hook reads on standard input to the running service, signed as GitHub does.',
  options: {},
  async run(input) {
    const home = openHomeOf(input)
    const updates = parseRefUpdates(await text(process.stdin))
    const info = readServeInfo(home)
    if (!info) {
      // The push itself has succeeded; the service finds it when it runs again.
      input.output.note('smc is not running: the push is found at its next start')
      return exitCodes.done
    }
    const cloneUrl = formatCloneUrl(home, info.url)
    for (const update of updates) {
      const { body, headers } = createPushDelivery(update, {
        cloneUrl,
        secret: home.readWebhookSecret(),
        pushedAt: Date.now(),
        pusher: readLocalUser(),
      })
      const response = await fetch(`${info.url}/webhooks/github`, { method: 'POST', headers, body })
      input.output.note(await describeAnswer(response))
    }
    return exitCodes.done
  },
}

/** What whoever pushes reads behind `remote:`. */
async function describeAnswer(response: Response): Promise<string> {
  if (response.status !== 202)
    return `smc answered the webhook with ${response.status}: the schedule finds the push`
  const { delivery } = (await response.json()) as { readonly delivery: string }
  return `smc took the push: smc delivery ${delivery} tells what becomes of it`
}
