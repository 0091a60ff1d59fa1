import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { CacheDirective } from '../grammar/cache-control.ts'
import { cacheControlOf, checkPair } from '../grammar/cache-control.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.cache-control'

const capitals = rule({
  id: 'http/cache-control-detail-capitals',
  level: 'info',
  reference: rfc(9111, '5.2'),
  says: (e: { directive: string }) =>
    `Cache-Control writes ${e.directive} with capitals, which some readers do not know.`,
  wants: 'Directives are written in small letters; good readers take any.',
  remedy: 'Write it in small letters.',
  aka: { redbot: 'CC_MISCAP' },
})

const overruled = note(
  'http/cache-control-detail-overruled',
  'CC_CONFLICTING',
  rfc(9111, '5.2.2'),
  (e: { directive: string; others: string }) => `With ${e.directive} there, ${e.others} adds nothing.`,
)

const repeated = note(
  'http/cache-control-detail-repeated',
  'CC_DUP',
  rfc(9111, '4.2.1'),
  (e: { directive: string }) => `Cache-Control gives ${e.directive} more than once.`,
)

const internetExplorer = document(
  "Internet Explorer's Cache-Control Extensions",
  'https://learn.microsoft.com/en-us/archive/blogs/ieinternals/internet-explorers-cache-control-extensions',
)
const checkRule = (state: 'single' | 'all-zero' | 'post-bigger' | 'post-zero', redbot: string, what: string) =>
  rule({
    id: `http/cache-control-detail-check-${state}`,
    level: 'info',
    reference: internetExplorer,
    says: () => `Of pre-check and post-check, which only Internet Explorer knew, ${what}.`,
    wants: 'pre-check and post-check are not there.',
    remedy: 'Drop both: no browser in use reads them.',
    aka: { redbot },
  })
const single = checkRule('single', 'CHECK_SINGLE', 'one is there alone')
const allZero = checkRule('all-zero', 'CHECK_ALL_ZERO', 'both are 0')
const postBigger = checkRule('post-bigger', 'CHECK_POST_BIGGER', 'post-check is the larger')
const postZero = checkRule('post-zero', 'CHECK_POST_ZERO', 'post-check is 0')
const both = note(
  'http/cache-control-detail-check-both',
  'CHECK_POST_PRE',
  internetExplorer,
  () => 'pre-check and post-check are there, which only Internet Explorer knew.',
)

const checkRules = { single, 'all-zero': allZero, 'post-bigger': postBigger, 'post-zero': postZero, both }

const times = new Set(['max-age', 's-maxage', 'stale-if-error', 'stale-while-revalidate', 'pre-check', 'post-check'])
const known = new Set([
  ...times,
  'immutable',
  'must-revalidate',
  'must-understand',
  'no-cache',
  'no-store',
  'no-transform',
  'private',
  'proxy-revalidate',
  'public',
])
const extensions = ['immutable', 'stale-if-error', 'stale-while-revalidate', 'pre-check', 'post-check']
const whileFresh = [...extensions, 'max-age', 'must-revalidate', 'proxy-revalidate', 's-maxage']
/** What each directive makes needless, strongest first. */
const overrules: readonly (readonly [directive: string, others: readonly string[]])[] = [
  ['no-store', [...whileFresh, 'no-cache', 'private', 'public']],
  ['no-cache', whileFresh],
  ['must-revalidate', extensions],
]

// A time that is no number at all is as good as absent.
const isRead = ({ name, value, quoted }: CacheDirective): boolean =>
  !times.has(name) || (!quoted && /^-?\d+$/.test(value ?? ''))

/** Cache-Control: what is written needlessly or oddly, and does little harm (RFC 9111 section 5.2). */
export const cacheControlDetail = check({
  id: 'http/cache-control-detail',
  rules: [capitals, overruled, repeated, single, allZero, postBigger, postZero, both],
  applies: ({ response }) => response.fields.has('cache-control'),
  *run({ response }: Message) {
    const cache = cacheControlOf(response.fields)
    for (const { name, written } of cache.directives)
      if (name !== written) yield capitals.at(place, { directive: excerpt(written) })
    for (const member of cache.malformed) {
      const [written = ''] = member.split('=')
      if (!isToken(written) && written !== written.toLowerCase())
        yield capitals.at(place, { directive: excerpt(written) })
    }
    const names = cache.directives.filter(isRead).map(({ name }) => name)
    for (const [directive, weaker] of overrules) {
      if (!cache.has(directive)) continue
      const others = weaker.filter((name) => names.includes(name)).join(', ')
      if (others === '') continue
      yield overruled.at(place, { directive, others })
      break
    }
    for (const directive of new Set(names))
      if (known.has(directive) && names.indexOf(directive) !== names.lastIndexOf(directive))
        yield repeated.at(place, { directive })
    const fault = checkPair(cache)
    if (fault !== undefined) yield checkRules[fault].at(place)
  },
  examples: [
    { title: 'a minute', given: control('public, max-age=60'), yields: [] },
    { title: 'a time that is none beside no-store', given: control('no-store, max-age=soon'), yields: [] },
    { title: 'a time and none', given: control('max-age=60, max-age=soon'), yields: [] },
    { title: 'capitals', given: control('Max-Age=60'), yields: [capitals] },
    { title: 'capitals in front of a semicolon', given: control('Public; max-age=60'), yields: [capitals] },
    { title: 'less than nothing, beside no-store', given: control('no-store, max-age=-1'), yields: [overruled] },
    { title: 'PHP, which is thorough', given: control('no-store, no-cache, must-revalidate'), yields: [overruled] },
    { title: 'the same time twice', given: control('max-age=60, max-age=60'), yields: [repeated] },
    { title: 'post-check alone', given: control('post-check=1'), yields: [single] },
    { title: 'both 0', given: control('post-check=0, pre-check=0'), yields: [allZero] },
    { title: 'post-check larger', given: control('post-check=9, pre-check=1'), yields: [postBigger] },
    { title: 'post-check 0', given: control('post-check=0, pre-check=1'), yields: [postZero] },
    { title: 'both in use', given: control('post-check=1, pre-check=9'), yields: [both] },
  ],
})

function control(value: string): Message {
  return given({ fields: [['Cache-Control', value]] })
}
