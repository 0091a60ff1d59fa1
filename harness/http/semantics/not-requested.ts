import { check, rfc, rule } from '../../kernel/index.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.status'
const remedy =
  'Look for a cache that stored the answer to another request, or a handler that sends this status by hand.'

const partial = rule({
  id: 'http/not-requested-partial',
  level: 'error',
  reference: rfc(9110, '15.3.7'),
  says: () => 'The status is 206, and the request had no Range: the client takes a part for the whole.',
  wants: '206 answers a request with Range.',
  remedy,
  aka: { redbot: 'PARTIAL_NOT_REQUESTED' },
})

const notModified = rule({
  id: 'http/not-requested-not-modified',
  level: 'error',
  reference: rfc(9110, '15.4.5'),
  says: () => 'The status is 304, and the request had no condition: the client has nothing to show.',
  wants: '304 answers a conditional GET or HEAD.',
  remedy,
})

const unsatisfiable = rule({
  id: 'http/not-requested-unsatisfiable',
  level: 'warning',
  reference: rfc(9110, '15.5.17'),
  says: () => 'The status is 416, and the request had no Range.',
  wants: '416 answers a request with Range.',
  remedy,
  aka: { redbot: 'STATUS_416_WITHOUT_RANGE' },
})

const precondition = rule({
  id: 'http/not-requested-precondition',
  level: 'warning',
  reference: rfc(9110, '15.5.13'),
  says: () => 'The status is 412, and the request had no condition.',
  wants: '412 answers a conditional request.',
  remedy,
  aka: { redbot: 'STATUS_412_WITHOUT_PRECONDITION' },
})

const negotiation = rule({
  id: 'http/not-requested-negotiation',
  level: 'warning',
  reference: rfc(9110, '15.5.7'),
  says: () => 'The status is 406, and the request accepted anything.',
  wants: '406 answers a request with Accept fields.',
  remedy: 'Serve a default where the request does not say what it accepts.',
  aka: { redbot: 'STATUS_406_WITHOUT_NEGOTIATION' },
})

const expectation = rule({
  id: 'http/not-requested-expectation',
  level: 'warning',
  reference: rfc(9110, '15.5.18'),
  says: () => 'The status is 417, and the request had no Expect.',
  wants: '417 answers a request with Expect.',
  remedy,
  aka: { redbot: 'STATUS_417_WITHOUT_EXPECT' },
})

const upgrade = rule({
  id: 'http/not-requested-upgrade',
  level: 'error',
  reference: rfc(9110, '15.2.2'),
  says: () => 'The status is 101, and the request had no Upgrade.',
  wants: '101 answers a request with Upgrade.',
  remedy,
  aka: { redbot: 'UPGRADE_NOT_REQUESTED' },
})

const carryOn = rule({
  id: 'http/not-requested-continue',
  level: 'warning',
  reference: rfc(9110, '15.2.1'),
  says: () => 'An interim 100 came, and the request had no Expect: 100-continue.',
  wants: '100 answers Expect: 100-continue.',
  remedy: 'Send 100 only where the request asks for it: older clients take it for the response.',
  aka: { redbot: 'UNEXPECTED_CONTINUE' },
})

const conditions = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range']
const accepts = ['accept', 'accept-encoding', 'accept-language', 'accept-charset']

type Unconditional = typeof partial | typeof notModified | typeof unsatisfiable | typeof precondition
type Negotiated = typeof negotiation | typeof expectation | typeof upgrade

/** The rule for a status, and the request fields of which one asks for it. */
const byStatus = new Map<number, readonly [Unconditional | Negotiated, readonly string[]]>([
  [206, [partial, ['range']]],
  [304, [notModified, conditions]],
  [416, [unsatisfiable, ['range']]],
  [412, [precondition, conditions]],
  [406, [negotiation, accepts]],
  [417, [expectation, ['expect']]],
  [101, [upgrade, ['upgrade']]],
])

/** Statuses that only make sense when the request asked for them (RFC 9110 section 15). */
export const notRequested = check({
  id: 'http/not-requested',
  rules: [partial, notModified, unsatisfiable, precondition, negotiation, expectation, upgrade, carryOn],
  *run({ request, response, exchange }: Message) {
    const [unasked, asks] = byStatus.get(response.status) ?? []
    if (unasked !== undefined && asks?.some((name) => request.fields.has(name)) !== true) yield unasked.at(place)
    const continued = exchange.interim.some(({ status }) => status === 100) || response.status === 100
    const expected = splitList(request.fields.get('expect')?.toLowerCase() ?? '')
    if (continued && !expected.includes('100-continue')) yield carryOn.at('interim')
  },
  examples: [
    {
      title: 'a range that was asked for',
      given: given({ status: 206, requestFields: [['Range', 'bytes=0-4']], body: 'hello' }),
      yields: [],
    },
    {
      title: 'a condition that holds',
      given: given({ status: 304, requestFields: [['If-None-Match', '"a"']] }),
      yields: [],
    },
    {
      title: 'one expectation of two',
      given: given({ status: 100, requestFields: [['Expect', 'x, 100-Continue']] }),
      yields: [],
    },
    { title: 'a hint that needs no asking', given: given({ interim: [{ status: 103 }] }), yields: [] },
    { title: 'a part unasked', given: given({ status: 206 }), yields: [partial] },
    { title: 'not modified since when?', given: given({ status: 304 }), yields: [notModified] },
    { title: '416 without Range', given: given({ status: 416 }), yields: [unsatisfiable] },
    { title: '412 without a condition', given: given({ status: 412 }), yields: [precondition] },
    { title: '406 to anything', given: given({ status: 406 }), yields: [negotiation] },
    { title: '417 without Expect', given: given({ status: 417 }), yields: [expectation] },
    { title: '101 without Upgrade', given: given({ status: 101 }), yields: [upgrade] },
    { title: '100 without Expect', given: given({ interim: [{ status: 100 }] }), yields: [carryOn] },
  ],
})
