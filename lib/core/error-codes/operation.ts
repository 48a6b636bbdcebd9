import { type ErrorTable, giveBack, reject, retry, wait } from './entry.ts'

/** What the service itself answers: webhook, API, queues, state, local home, command line. */
export const operationErrors = {
  PayloadTooLarge: reject(
    413,
    'The request body exceeds the limit.',
    'Deliveries of up to 3 MiB are read; the schedule heals what was not delivered.',
  ),
  SignatureInvalid: reject(
    401,
    'The delivery is not signed, or with another secret.',
    'Set the same secret in the webhook of the Git host and in the service.',
  ),
  PayloadInvalid: reject(
    400,
    'The request is signed but unreadable.',
    'Send the delivery again; if it stays, report its id.',
  ),
  HostUnknown: reject(404, 'No such Git host is served here.', 'Use the webhook URL as documented.'),
  RouteNotFound: reject(404, 'There is nothing here.', 'See the list of routes in the README.'),
  Unauthenticated: reject(
    401,
    'The request carries no valid token.',
    'Send the token of this deployment as a bearer token.',
  ),
  ApiAccessDenied: reject(
    403,
    'The API takes no such request from this caller.',
    'Use AWS credentials that may `execute-api:Invoke` this route: `aws sts get-caller-identity` says whose they are.',
  ),
  ApiUnreachable: reject(
    502,
    'The API of the service cannot be reached.',
    'Check the address (`--api`, `SMC_API`): it is the output `HttpApiUrl` of the stack.',
  ),
  RequestForbidden: reject(
    403,
    'The request comes from a host or origin that is not served.',
    'Use the address that the service printed.',
  ),
  RequestNotFound: reject(
    404,
    'No request or delivery has this id, or it is too old.',
    'Answers are kept for a day.',
  ),
  SecretNotInHistory: reject(
    404,
    'No history tells of such a secret, or of such a version of it.',
    'Check the name; what was published before the state was made is unknown.',
  ),
  RevisionNotInHistory: reject(
    404,
    'The history tells of no such revision, or of several.',
    'See `smc history CONFIG`: a revision is there where it changed something and succeeded. Give more of the commit.',
  ),
  ApprovalRefused: reject(
    409,
    'The deletions that were approved are not those that are planned.',
    'See `smc prune CONFIG` for what would be deleted now, its digest, and what else it waits for.',
  ),
  AdoptionRefused: reject(
    409,
    'There is nothing to take over: the config does not want this name, or has it already.',
    'See `smc plan CONFIG`: what can be taken over is a conflict there, `not-marked`.',
  ),
  ConfigPinned: reject(
    200,
    'The config stays at a revision that somebody rolled it back to.',
    'Let it follow Git again with `smc resume`.',
  ),
  RequestInvalid: reject(400, 'The request has a missing or illegal field.', 'Correct the named field.'),
  WebhookSecretMissing: reject(
    500,
    'No webhook secret is set.',
    'Set one: deliveries are never accepted unsigned.',
  ),
  QueueUnavailable: retry(
    503,
    'The queue did not take the message.',
    'The sender tries again; the schedule heals what was lost.',
  ),
  NotifyUnavailable: retry(
    503,
    'The event bus did not take an event.',
    'The sync itself is not concerned; check the bus and `events:PutEvents` for the worker role.',
  ),
  StateUnavailable: retry(503, 'The state table did not answer.', 'Usually passes by itself.'),
  StateConflict: retry(409, 'The state was changed by somebody else.', 'The next look starts anew.'),
  StateTooNew: giveBack(
    503,
    'An item or message was written by a newer release.',
    'Finish the upgrade, or roll the data back.',
  ),
  RunInterrupted: wait(
    503,
    'A run ended before it could record what it had written; the next run found it.',
    'Nothing needs to be done; look into the log of the function if it happens often.',
  ),
  LeaseHeld: wait(
    409,
    'Another run of the same config is not finished.',
    'Passes by itself when its lease ends.',
  ),
  DeadlineReached: wait(
    503,
    'The time of this run is over; the rest goes on in the next.',
    'Passes by itself.',
  ),
  ServiceNotRunning: reject(
    409,
    'No service is running with this home directory.',
    'Start one with `smc serve`, or name its `--home`.',
  ),
  HomeLocked: reject(
    409,
    'Another process uses this home directory.',
    'Stop the other `smc`, or use another `--home`.',
  ),
  HomeInvalid: reject(
    500,
    'The home directory is not usable.',
    'It must be a directory of the same user with mode 0700.',
  ),
  EnvironmentInvalid: reject(
    500,
    'A setting from the environment is missing or illegal.',
    'Correct the named variable.',
  ),
  InputMissing: reject(
    404,
    'A file named on the command line cannot be read.',
    'Check the path and its mode.',
  ),
  UsageInvalid: reject(400, 'The command line is not understood.', 'See `smc --help`.'),
  InternalError: wait(
    500,
    'The service failed in a way that it does not know.',
    'Report this with the request id.',
  ),
} as const satisfies ErrorTable
