import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { tokenSource } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const malformed = rule({
  id: 'http/via-malformed',
  level: 'warning',
  reference: rfc(9110, '7.6.3'),
  says: (e: { member: string }) => `Via holds "${e.member}", not a protocol and who received it.`,
  wants: 'Each member of Via is a protocol version, a space and a host or pseudonym.',
  remedy: 'Send for example "1.1 proxy".',
})

const form = new RegExp(`^(?:${tokenSource}/)?${tokenSource}[ \\t]+[^ \\t()",]+(?:[ \\t]+\\(.*\\))?$`)

const present = note(
  'http/via-present',
  'VIA_PRESENT',
  rfc(9110, '7.6.3'),
  (e: { value: string }) => `The response came through ${e.value}.`,
)

/** Via: `#( received-protocol RWS received-by [ RWS comment ] )` (RFC 9110 section 7.6.3). */
export const via = check({
  id: 'http/via',
  rules: [malformed, present],
  applies: ({ response }) => response.fields.has('via'),
  *run({ response }: Message) {
    const value = response.fields.get('via')
    if (value === undefined) return
    yield present.at('response.fields.via', { value: excerpt(value) })
    // A comment may hold commas: what is inside parentheses is left out before splitting.
    const plain = value.slice(0, 8192).replace(/\([^()]*\)/g, '()')
    for (const member of splitList(plain)) {
      if (!form.test(member)) yield malformed.at('response.fields.via', { member: excerpt(member) })
    }
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'two proxies',
      given: given({ fields: [['Via', '1.0 fred, HTTP/1.1 p.example.net:8080 (Squid, patched)']] }),
      yields: [present],
    },
    { title: 'only a name', given: given({ fields: [['Via', 'varnish']] }), yields: [malformed, present] },
  ],
})
