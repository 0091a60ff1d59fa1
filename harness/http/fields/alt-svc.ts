import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { parameter, parseParameters } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.alt-svc'

const malformed = rule({
  id: 'http/alt-svc-malformed',
  level: 'error',
  reference: rfc(7838, '3'),
  says: (e: { member: string }) => `Alt-Svc holds "${e.member}", which is no alternative.`,
  wants: 'Each alternative is protocol="host:port", with parameters after semicolons.',
  remedy: 'Quote the authority: Alt-Svc: h3=":443"; ma=86400.',
})

const clearMixed = rule({
  id: 'http/alt-svc-clear-mixed',
  level: 'error',
  reference: rfc(7838, '3'),
  says: (e: { value: string }) => `Alt-Svc is "${e.value}": clear beside alternatives.`,
  wants: 'Alt-Svc is either clear alone or a list of alternatives.',
  remedy: 'Send "clear" alone to withdraw alternatives.',
  aka: { redbot: 'ALTSVC_CLEAR_LIST' },
})

const ageMalformed = rule({
  id: 'http/alt-svc-age-malformed',
  level: 'error',
  reference: rfc(7838, '3.1'),
  says: (e: { value: string }) => `Alt-Svc gives "${e.value}" as ma, not a whole number of seconds.`,
  wants: 'ma is a whole number of seconds.',
  remedy: 'Give whole seconds: ma=86400.',
})

const authority = /^(?:[A-Za-z0-9\-._~%!$&'()*+;=]*|\[[0-9A-Fa-f:.]+\]):\d{1,5}$/

/** Alt-Svc: `clear` or `1#alt-value` (RFC 7838 section 3). */
export const altSvc = check({
  id: 'http/alt-svc',
  rules: [malformed, clearMixed, ageMalformed],
  applies: ({ response }) => response.fields.has('alt-svc'),
  *run({ response }: Message) {
    const value = response.fields.get('alt-svc')
    if (value === undefined) return
    const members = splitList(value)
    if (members.includes('clear')) {
      if (members.filter((member) => member === 'clear' || member.includes('=')).length > 1)
        yield clearMixed.at(place, { value: excerpt(value) })
      return
    }
    if (members.length === 0) yield malformed.at(place, { member: '' })
    for (const member of members) {
      const { all, malformed: broken } = parseParameters(splitList(member, ';'))
      const [service] = all
      if (broken.length > 0 || service?.quoted !== true || !authority.test(service.value ?? '')) {
        yield malformed.at(place, { member: excerpt(member) })
        continue
      }
      const age = parameter({ all: all.slice(1), malformed: [] }, 'ma')
      if (age !== undefined && !/^\d+$/.test(age)) yield ageMalformed.at(place, { value: excerpt(age) })
    }
  },
  examples: [
    {
      title: 'HTTP/3 for a day',
      given: given({ fields: [['Alt-Svc', 'h3=":443"; ma=86400, h2="b.test:443"']] }),
      yields: [],
    },
    { title: 'clear', given: given({ fields: [['Alt-Svc', 'clear']] }), yields: [] },
    { title: 'an IPv6 authority', given: given({ fields: [['Alt-Svc', 'h3="[::1]:443"']] }), yields: [] },
    { title: 'no quotes', given: given({ fields: [['Alt-Svc', 'h3=:443']] }), yields: [malformed] },
    { title: 'no port', given: given({ fields: [['Alt-Svc', 'h3="b.test"']] }), yields: [malformed] },
    { title: 'nothing', given: given({ fields: [['Alt-Svc', '']] }), yields: [malformed] },
    { title: 'clear and more', given: given({ fields: [['Alt-Svc', 'h3=":443", clear']] }), yields: [clearMixed] },
    { title: 'a day in words', given: given({ fields: [['Alt-Svc', 'h3=":443"; ma=day']] }), yields: [ageMalformed] },
  ],
})
