import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given, messageOfExchange } from '../message.ts'
import { note } from '../note.ts'

const unknown = rule({
  id: 'http/request-expect-unknown',
  level: 'warning',
  reference: rfc(9110, '10.1.1'),
  says: (e: { value: string }) => `Expect is "${e.value}"; only 100-continue is defined.`,
  wants: 'Expect is 100-continue.',
  remedy: 'Drop the field.',
  aka: { redbot: 'EXPECT_UNKNOWN' },
})
const old = note(
  'http/request-expect-old',
  'EXPECT_HTTP_1_0',
  rfc(9110, '10.1.1'),
  () => 'Expect is in a request of HTTP/1.0, where it means nothing.',
)
const place = 'request.fields.expect'

/** Expect (RFC 9110 section 10.1.1). */
export const requestExpect = check({
  id: 'http/request-expect',
  rules: [unknown, old],
  *run({ request }: Message) {
    const value = request.fields.get('expect')
    if (value === undefined) return
    if (request.version === '1.0') yield old.at(place)
    if (splitList(value.toLowerCase()).some((member) => member !== '100-continue'))
      yield unknown.at(place, { value: excerpt(value) })
  },
  examples: [
    { title: '100-continue', given: given({ requestFields: [['Expect', '100-Continue']] }), yields: [] },
    { title: 'another', given: given({ requestFields: [['Expect', 'a']] }), yields: [unknown] },
    { title: 'in HTTP/1.0', given: inOldHttp(), yields: [old] },
  ],
})

function inOldHttp(): Message {
  const message = given({ requestFields: [['Expect', '100-continue']] })
  const { exchange } = message
  return messageOfExchange({ ...exchange, request: { ...exchange.request, version: '1.0' } }) ?? message
}
