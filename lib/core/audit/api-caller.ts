import * as z from 'zod/mini'
import { type Actor, createActor } from './actor.ts'

const text = z.string().check(z.minLength(1))

/** What of a request's context names the caller, as API Gateway has authenticated it. */
const schema = z.object({
  authorizer: z.object({
    iam: z.optional(z.nullable(z.object({ userArn: text }))),
    jwt: z.optional(z.nullable(z.object({ claims: z.object({ sub: text, email: z.optional(text) }) }))),
  }),
})

/**
 * The caller of an API request: the ARN of an IAM principal, or the subject of a token with its mail address.
 * `unknown` where the API lets anybody call.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function readApiCaller(requestContext: unknown): Actor {
  const { iam, jwt } = schema.safeParse(requestContext).data?.authorizer ?? {}
  if (iam) return createActor('api', iam.userArn)
  if (!jwt) return createActor('api', 'unknown')
  const { sub, email } = jwt.claims
  return createActor('api', email === undefined ? sub : `${email} (${sub})`)
}
