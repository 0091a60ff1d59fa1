import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.clear-site-data'
const reference = document('Clear Site Data section 3.1', 'https://www.w3.org/TR/clear-site-data/#header')

const unquoted = rule({
  id: 'http/clear-site-data-unquoted',
  level: 'error',
  reference,
  says: (e: { value: string }) => `Clear-Site-Data holds ${e.value} without quotes, so browsers clear nothing.`,
  wants: 'Every type is a quoted string.',
  remedy: 'Put double quotes around each type: "cache", "cookies".',
  aka: { redbot: 'CSD_UNQUOTED' },
})

const unknown = rule({
  id: 'http/clear-site-data-unknown',
  level: 'warning',
  reference,
  says: (e: { value: string }) =>
    `Clear-Site-Data holds ${e.value === '' ? 'nothing' : e.value}, which browsers do not know.`,
  wants: 'Types are cache, cookies, storage, executionContexts, clientHints, prefetchCache, prerenderCache or *.',
  remedy: 'Correct the type, minding its case.',
  aka: { redbot: 'CSD_UNKNOWN_VALUE' },
})

const recent = rule({
  id: 'http/clear-site-data-recent',
  level: 'info',
  reference,
  says: (e: { value: string }) => `Clear-Site-Data holds ${e.value}, which only some browsers know yet.`,
  wants: 'Types are those that every browser knows: cache, cookies, storage, executionContexts, *.',
  remedy: 'Nothing to do when the browsers that matter know it.',
  aka: { redbot: 'CSD_UNKNOWN_VALUE' },
})

const present = note(
  'http/clear-site-data-present',
  'CSD_PRESENT',
  reference,
  (e: { value: string }) => `Browsers are told to clear ${e.value}.`,
  'good',
)

const empty = rule({
  id: 'http/clear-site-data-empty',
  level: 'warning',
  reference,
  says: () => 'Clear-Site-Data holds nothing, so browsers clear nothing.',
  wants: 'Clear-Site-Data names at least one type.',
  remedy: 'Name the types, each in quotes.',
  aka: { redbot: 'CSD_EMPTY' },
})

const insecure = rule({
  id: 'http/clear-site-data-insecure',
  level: 'warning',
  reference: document('Clear Site Data, Fetch integration', 'https://www.w3.org/TR/clear-site-data/#fetch-integration'),
  says: () => 'Clear-Site-Data came over plain http, where browsers ignore it.',
  wants: 'Clear-Site-Data is sent over https.',
  remedy: 'Send it over https.',
})

const types = new Set(['cache', 'cookies', 'storage', 'executionContexts', '*'])
const recentTypes = new Set(['clientHints', 'prefetchCache', 'prerenderCache'])

/** Clear-Site-Data: `1#quoted-string` of known types. */
export const clearSiteData = check({
  id: 'http/clear-site-data',
  rules: [unquoted, unknown, recent, insecure, present, empty],
  applies: ({ response }) => response.fields.has('clear-site-data'),
  *run({ url, response }: Message) {
    const value = response.fields.get('clear-site-data')
    if (value === undefined) return
    const members = splitList(value)
    if (members.length === 0 || members.includes('""')) yield empty.at(place)
    const good = members.filter((member) => /^".*"$/.test(member) && types.has(member.slice(1, -1)))
    if (good.length > 0) yield present.at(place, { value: excerpt(good.join(', ')) })
    for (const member of members) {
      const bare = /^"(.*)"$/.exec(member)?.[1]
      if (bare === undefined && types.has(member)) yield unquoted.at(place, { value: excerpt(member) })
      else if (bare !== '' && !types.has(bare ?? ''))
        yield (recentTypes.has(bare ?? '') ? recent : unknown).at(place, { value: excerpt(member) })
    }
    if (url.protocol === 'http:' && !isLoopback(url.hostname)) yield insecure.at(place)
  },
  examples: [
    {
      title: 'two types over https',
      given: given({ url: 'https://origin.test/', fields: [['Clear-Site-Data', '"cache", "storage"']] }),
      yields: [present],
    },
    {
      title: 'no quotes',
      given: given({ url: 'https://origin.test/', fields: [['Clear-Site-Data', 'cache']] }),
      yields: [unquoted],
    },
    {
      title: 'an unknown type',
      given: given({ url: 'https://origin.test/', fields: [['Clear-Site-Data', '"cache", "Cookies"']] }),
      yields: [unknown, present],
    },
    {
      title: 'a type that came later',
      given: given({ url: 'https://origin.test/', fields: [['Clear-Site-Data', '"cache", "clientHints"']] }),
      yields: [recent, present],
    },
    {
      title: 'nothing',
      given: given({ url: 'https://origin.test/', fields: [['Clear-Site-Data', '']] }),
      yields: [empty],
    },
    { title: 'over http', given: given({ fields: [['Clear-Site-Data', '"*"']] }), yields: [insecure, present] },
    { title: 'none', given: given(), yields: [] },
  ],
})

/** Browsers trust loopback as they trust https (Secure Contexts section 3.1). */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
