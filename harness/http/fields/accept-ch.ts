import { check, rfc, rule } from '../../kernel/index.ts'
import { isStorable } from '../caching.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { isInnerList, parseList } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.accept-ch'

const inClear = rule({
  id: 'http/accept-ch-plain-http',
  level: 'warning',
  reference: rfc(8942, '3.1'),
  says: () => 'Accept-CH came over plain http, where browsers ignore it.',
  wants: 'Accept-CH is sent over https.',
  remedy: 'Send it over https only.',
  aka: { redbot: 'ACCEPT_CH_IN_PLAIN_HTTP' },
})
const typeBad = rule({
  id: 'http/accept-ch-type-bad',
  level: 'warning',
  reference: rfc(8942, '3.1'),
  says: (e: { value: string }) => `Accept-CH is "${e.value}", not a list of names without quotes.`,
  wants: 'Accept-CH lists the names of client hints.',
  remedy: 'Write the names without quotes.',
  aka: { redbot: 'ACCEPT_CH_BAD_TYPE' },
})
const unvaried = rule({
  id: 'http/accept-ch-unvaried',
  level: 'warning',
  reference: rfc(8942, '3.2'),
  says: (e: { hint: string }) =>
    `Accept-CH asks for ${e.hint}, and Vary does not name it: caches mix what depends on it.`,
  wants: 'A response that caches may keep names its client hints in Vary.',
  remedy: 'Add the hint to Vary, or do not ask for it.',
  aka: { redbot: 'ACCEPT_CH_MISSING_VARY' },
})

/** Accept-CH: a List of Tokens (RFC 8942 section 3.1). */
export const acceptCh = check({
  id: 'http/accept-ch',
  rules: [inClear, typeBad, unvaried],
  applies: ({ response }) => response.fields.has('accept-ch'),
  *run(message: Message) {
    const { url, response } = message
    const value = response.fields.get('accept-ch')
    const members = value === undefined ? undefined : parseList(value)
    if (value === undefined || members === undefined) return
    if (url.protocol === 'http:') yield inClear.at(place)
    const hints = members.map((member) => (isInnerList(member) ? undefined : member.item))
    if (hints.some((hint) => hint?.type !== 'token')) yield typeBad.at(place, { value: excerpt(value) })
    if (!isStorable(message)) return
    const vary = splitList(response.fields.get('vary')?.toLowerCase() ?? '')
    // An inner list names no field, so none that Vary could hold.
    const missing = hints.findIndex((hint) => hint === undefined || !vary.includes(hint.text.toLowerCase()))
    if (missing !== -1) yield unvaried.at(place, { hint: excerpt(hints[missing]?.text ?? value) })
  },
  examples: [
    {
      title: 'a hint that Vary names',
      given: https([
        ['Vary', 'sec-ch-width'],
        ['Accept-CH', 'Sec-CH-Width'],
      ]),
      yields: [],
    },
    {
      title: 'over http',
      given: given({
        fields: [
          ['Cache-Control', 'no-store'],
          ['Accept-CH', 'DPR'],
        ],
      }),
      yields: [inClear],
    },
    {
      title: 'in quotes',
      given: https([
        ['Cache-Control', 'no-store'],
        ['Accept-CH', '"DPR"'],
      ]),
      yields: [typeBad],
    },
    { title: 'an inner list', given: https([['Accept-CH', '(DPR)']]), yields: [typeBad, unvaried] },
    { title: 'without Vary', given: https([['Accept-CH', 'DPR']]), yields: [unvaried] },
  ],
})

function https(fields: readonly (readonly [string, string])[]): Message {
  return given({ url: 'https://origin.test/', fields })
}
