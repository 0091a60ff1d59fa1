import { check, rfc, rule } from '../../kernel/index.ts'
import { parameter } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { mediaTypeOf } from '../page.ts'

const rangeMissing = rule({
  id: 'http/partial-content-range-missing',
  level: 'error',
  reference: rfc(9110, '15.3.7.1'),
  says: () => 'The status is 206, and there is no Content-Range: nobody knows which part this is.',
  wants: 'A 206 has Content-Range, or is multipart/byteranges.',
  remedy: 'Send Content-Range, or 200 with the whole.',
  aka: { redbot: 'PARTIAL_WITHOUT_RANGE' },
})

const rangeBesideParts = rule({
  id: 'http/partial-content-range-beside-parts',
  level: 'error',
  reference: rfc(9110, '15.3.7.2'),
  says: () => 'A 206 of several parts has a Content-Range of its own.',
  wants: 'With multipart/byteranges, each part has its Content-Range and the head has none.',
  remedy: 'Drop Content-Range from the head.',
})

const boundaryMissing = rule({
  id: 'http/partial-content-boundary-missing',
  level: 'error',
  reference: rfc(9110, '14.6'),
  says: () => 'multipart/byteranges comes without a boundary, so its parts cannot be told apart.',
  wants: 'multipart/byteranges has the parameter boundary.',
  remedy: 'Add boundary=... to Content-Type.',
})

/** 206: one part, or several in multipart/byteranges (RFC 9110 sections 14.6 and 15.3.7). */
export const partialContent = check({
  id: 'http/partial-content',
  rules: [rangeMissing, rangeBesideParts, boundaryMissing],
  applies: ({ response }) => response.status === 206,
  *run(message: Message) {
    const { response } = message
    if (response.status !== 206) return
    const place = 'response.fields.content-range'
    const type = mediaTypeOf(message)
    const parts = type?.essence === 'multipart/byteranges'
    const range = response.fields.has('content-range')
    if (!parts && !range) yield rangeMissing.at(place)
    if (parts && range) yield rangeBesideParts.at(place)
    if (parts && parameter(type.parameters, 'boundary') === undefined) {
      yield boundaryMissing.at('response.fields.content-type')
    }
  },
  examples: [
    { title: 'one part', given: given({ status: 206, fields: [['Content-Range', 'bytes 0-4/10']] }), yields: [] },
    {
      title: 'several parts',
      given: given({ status: 206, fields: [['Content-Type', 'multipart/byteranges; boundary=xyz']] }),
      yields: [],
    },
    {
      title: 'no range',
      given: given({ status: 206, fields: [['Content-Type', 'text/plain']] }),
      yields: [rangeMissing],
    },
    {
      title: 'several parts and a range',
      given: given({
        status: 206,
        fields: [
          ['Content-Range', 'bytes 0-4/10'],
          ['Content-Type', 'multipart/byteranges; boundary=xyz'],
        ],
      }),
      yields: [rangeBesideParts],
    },
    {
      title: 'no boundary',
      given: given({ status: 206, fields: [['Content-Type', 'multipart/byteranges']] }),
      yields: [boundaryMissing],
    },
  ],
})
