import { check, document, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.status'

const serverError = rule({
  id: 'http/status-server-error',
  level: 'warning',
  reference: rfc(9110, '15.6'),
  says: (e: { status: number }) => `The server failed: ${e.status}.`,
  wants: 'The page is served.',
  remedy: 'Look in the log of the server, and of what stands behind it.',
})

const clientError = rule({
  id: 'http/status-client-error',
  level: 'info',
  reference: rfc(9110, '15.5'),
  says: (e: { status: number }) => `The request was refused: ${e.status}.`,
  wants: 'The page is served, or this is the page for such requests.',
  remedy: 'Check the address and what the request needs.',
})

const deprecated = rule({
  id: 'http/status-deprecated',
  level: 'error',
  reference: rfc(9110, '15.4.6'),
  says: () => 'The status is 305, which clients must not follow.',
  wants: 'A status that is in use.',
  remedy: 'Redirect with 302 or 307.',
  aka: { redbot: 'STATUS_DEPRECATED' },
})

const reserved = rule({
  id: 'http/status-reserved',
  level: 'warning',
  reference: rfc(9110, '15.4.7'),
  says: (e: { status: number }) => `The status is ${e.status}, which is reserved and means nothing.`,
  wants: 'A status that is in use.',
  remedy: 'Send a status that says what happened.',
  aka: { redbot: 'STATUS_RESERVED' },
})

const teapot = rule({
  id: 'http/status-teapot',
  level: 'warning',
  reference: rfc(9110, '15.5.19'),
  says: () => 'The status is 418, which is reserved and means nothing.',
  wants: 'A status that is in use.',
  remedy: 'Send a status that says what happened.',
})

const unregistered = rule({
  id: 'http/status-unregistered',
  level: 'warning',
  reference: document(
    'IANA HTTP Status Code Registry',
    'https://www.iana.org/assignments/http-status-codes/http-status-codes.xhtml',
  ),
  says: (e: { status: number }) =>
    `The status is ${e.status}, which nobody has registered; clients take it for ${e.status - (e.status % 100)}.`,
  wants: 'A registered status.',
  remedy: 'Send the registered status that comes closest.',
  aka: { redbot: 'STATUS_NONSTANDARD' },
})

// 400 to 417 without a gap, and 104 for uploads that are resumed.
const registered = new Set(
  (
    '100 101 102 103 104 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 307 308 400 401 402 403 404 405 ' +
    '406 407 408 409 410 411 412 413 414 415 416 417 421 422 423 424 425 426 428 429 431 451 500 501 502 503 504 505 ' +
    '506 507 508 510 511'
  )
    .split(' ')
    .map(Number),
)

/** What the status says, beyond success (RFC 9110 section 15 and the registry). */
export const status = check({
  id: 'http/status',
  rules: [serverError, clientError, deprecated, reserved, teapot, unregistered],
  *run({ response }: Message) {
    const code = response.status
    // Outside 100 to 599 there is no class; the status line's own check tells that.
    if (code < 100 || code > 599) return
    if (code === 305) yield deprecated.at(place)
    else if (code === 306) yield reserved.at(place, { status: code })
    else if (code === 418) yield teapot.at(place)
    else if (!registered.has(code)) yield unregistered.at(place, { status: code })
    if (code >= 500) yield serverError.at(place, { status: code })
    else if (code >= 400) yield clientError.at(place, { status: code })
  },
  examples: [
    { title: '200', given: given(), yields: [] },
    { title: '418', given: given({ status: 418 }), yields: [teapot, clientError] },
    { title: '308', given: given({ status: 308 }), yields: [] },
    { title: '503', given: given({ status: 503 }), yields: [serverError] },
    { title: '404', given: given({ status: 404 }), yields: [clientError] },
    { title: '305', given: given({ status: 305 }), yields: [deprecated] },
    { title: '306', given: given({ status: 306 }), yields: [reserved] },
    { title: '299', given: given({ status: 299 }), yields: [unregistered] },
    { title: '520, as some CDNs send it', given: given({ status: 520 }), yields: [unregistered, serverError] },
  ],
})
