import { check, rfc } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const present = note(
  'http/request-via-present',
  'VIA_PRESENT',
  rfc(9110, '7.6.3'),
  (e: { value: string }) => `The request came through ${e.value}.`,
)

/** Via of a request (RFC 9110 section 7.6.3); its form is told with that of the other fields. */
export const requestVia = check({
  id: 'http/request-via',
  rules: [present],
  *run({ request: { fields } }: Message) {
    const value = fields.get('via')
    if (value !== undefined) yield present.at('request.fields.via', { value: excerpt(value) })
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    { title: 'a proxy', given: given({ requestFields: [['Via', '1.1 proxy']] }), yields: [present] },
  ],
})
