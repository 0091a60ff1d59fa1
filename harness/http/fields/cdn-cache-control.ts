import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isInnerList, parseDictionary } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.cdn-cache-control'

const malformed = rule({
  id: 'http/cdn-cache-control-malformed',
  level: 'error',
  reference: rfc(9213, '2.1'),
  says: (e: { value: string }) =>
    `CDN-Cache-Control is "${e.value}", which does not parse, so the CDN falls back to Cache-Control.`,
  wants: 'CDN-Cache-Control is a Structured Field Dictionary: names in small letters.',
  remedy: 'Write directives in small letters, separated by commas.',
})

const typeBad = rule({
  id: 'http/cdn-cache-control-type-bad',
  level: 'error',
  reference: rfc(9213, '2.1'),
  says: (e: { directive: string }) =>
    `CDN-Cache-Control gives ${e.directive} a value of the wrong type, and CDNs ignore it.`,
  wants: 'Times are whole numbers of seconds; switches stand alone.',
  remedy: 'Write max-age=60, and no-store without a value.',
  aka: { redbot: 'BAD_CDN_CC_TYPE' },
})

const present = note(
  'http/cdn-cache-control-present',
  'CDN_CACHE_CONTROL_PRESENT',
  rfc(9213, '3.1'),
  () => 'CDNs are told what to keep: CDN-Cache-Control.',
)

const times = new Set(
  'max-age s-maxage stale-while-revalidate stale-if-error max-stale min-fresh pre-check post-check'.split(' '),
)
const switches = new Set([
  'no-store',
  'must-revalidate',
  'must-understand',
  'proxy-revalidate',
  'public',
  'no-transform',
  'immutable',
  'only-if-cached',
])

/** CDN-Cache-Control: a Dictionary; a bare max-age is no number (RFC 9213 section 2.1). */
export const cdnCacheControl = check({
  id: 'http/cdn-cache-control',
  rules: [malformed, typeBad, present],
  applies: ({ response }) => response.fields.has('cdn-cache-control'),
  *run({ response }: Message) {
    const value = response.fields.get('cdn-cache-control')
    if (value === undefined) return
    const dictionary = parseDictionary(value)
    if (dictionary === undefined) yield malformed.at(place, { value: excerpt(value) })
    else yield present.at(place)
    for (const [directive, member] of dictionary?.members ?? []) {
      const item = isInnerList(member) ? undefined : member.item
      const whole = item?.type === 'integer' && !item.text.startsWith('-')
      // Either alone, or with the names of fields.
      const partly = directive === 'no-cache' || directive === 'private'
      const named = item?.type === 'string' || (item?.type === 'boolean' && item.text === '1')
      const good = partly
        ? named
        : times.has(directive)
          ? whole
          : switches.has(directive)
            ? item?.type === 'boolean' && item.text === '1'
            : true
      if (!good) yield typeBad.at(place, { directive })
    }
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'a minute',
      given: given({ fields: [['CDN-Cache-Control', 'max-age=60, must-revalidate']] }),
      yields: [present],
    },
    { title: 'a capital', given: given({ fields: [['CDN-Cache-Control', 'Max-Age=60']] }), yields: [malformed] },
    {
      title: 'a bare max-age',
      given: given({ fields: [['CDN-Cache-Control', 'max-age']] }),
      yields: [typeBad, present],
    },
    {
      title: 'a switch with a number',
      given: given({ fields: [['CDN-Cache-Control', 'no-store=1']] }),
      yields: [typeBad, present],
    },
  ],
})
