import { Readable } from 'node:stream'
import nock from 'nock'
import { systemClock } from '../../kernel/index.ts'
import type { Endpoint } from '../core/index.ts'
import { connectionReset, fromFetch } from './fetch-request.ts'
import type { InProcessOptions } from './in-process.ts'
import { originsOf } from './in-process.ts'
import { delayOf, wholeReply } from './whole-reply.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * An endpoint as nock scopes that answer until `nock.cleanAll()`. Importing this module imports nock, which patches
 * the process at once: not beside msw. Call `nock.disableNetConnect()` so that nothing reaches the real cloud.
 */
export function nockScopes(endpoint: Endpoint, options: InProcessOptions = {}): nock.Scope[] {
  return originsOf(endpoint, options).map((origin) => {
    const scope = nock(new RegExp(`^(?:${origin.source})(?::\\d+)?$`, origin.flags)).persist()
    for (const method of methods) scope.intercept(/.*/, method).reply((request: Request) => answer(endpoint, request))
    return scope
  })
}

async function answer(endpoint: Endpoint, request: Request): Promise<nock.ReplyFnResult> {
  const delivery = await endpoint.answer(await fromFetch(request))
  if (delivery.kind === 'silence') return new Promise(() => undefined)
  await systemClock.pause(delayOf(delivery))
  if (delivery.kind === 'reset') throw connectionReset()
  const { status, fields, body } = wholeReply(delivery.reply, endpoint.clock)
  const headers = fields.flat()
  if (delivery.kind === 'cut') return [status, cutStream(body.subarray(0, delivery.bytes)), headers]
  const empty = request.method === 'HEAD' || status === 204 || status === 304
  return [status, empty ? Buffer.alloc(0) : Buffer.from(body), headers]
}

function cutStream(bytes: Uint8Array): Readable {
  return Readable.from(
    (async function* cut() {
      yield Buffer.from(bytes)
      throw connectionReset()
    })(),
  )
}
