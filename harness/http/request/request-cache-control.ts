import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'request.fields.cache-control'
type Seen = { readonly directive: string }
const fault = (
  state: 'response-directive' | 'value-unwanted' | 'seconds-malformed' | 'seconds-too-large' | 'capitals' | 'repeated',
  redbot: string,
  what: string,
) =>
  rule({
    id: `http/request-cache-control-${state}`,
    level: state === 'capitals' ? 'info' : 'warning',
    reference: rfc(9111, '5.2.1'),
    says: (e: Seen) => `Cache-Control of the request: ${e.directive} ${what}.`,
    wants: 'Requests hold request directives, each once, as they are defined.',
    remedy: 'Look the directive up, or drop it.',
    aka: { redbot },
  })
const wrong = fault('response-directive', 'CC_WRONG_MESSAGE', 'means something in responses only')
const valued = fault('value-unwanted', 'CC_SHOULD_NOT_HAVE_VALUE', 'takes no value')
const seconds = fault('seconds-malformed', 'CC_BAD_VALUE_TYPE', 'wants a whole number of seconds')
const large = fault('seconds-too-large', 'CC_MAX_AGE_TOO_LARGE', 'is more than caches can count')
const capitals = fault('capitals', 'CC_MISCAP', 'is written with capitals')
const repeated = fault('repeated', 'CC_DUP', 'stands more than once')

const forBoth = ['max-age', 'no-cache', 'no-store', 'no-transform']
const forRequests = new Set([...forBoth, 'max-stale', 'min-fresh', 'only-if-cached', 'stale-if-error'])
const switches = new Set(
  'immutable must-revalidate must-understand no-store no-transform only-if-cached proxy-revalidate public'.split(' '),
)
const times = new Set(
  'max-age max-stale min-fresh s-maxage stale-if-error stale-while-revalidate pre-check post-check'.split(' '),
)
const known = new Set([...forRequests, ...switches, ...times, 'private'])

/** Cache-Control of a request (RFC 9111 section 5.2.1). */
export const requestCacheControl = check({
  id: 'http/request-cache-control',
  rules: [wrong, valued, seconds, large, capitals, repeated],
  applies: ({ request: { fields } }) => fields.has('cache-control'),
  *run({ request }: Message) {
    const { directives, malformed } = cacheControlOf(request.fields)
    const names: string[] = []
    for (const member of malformed) {
      const [written = ''] = member.split('=')
      if (!isToken(written) && written !== written.toLowerCase())
        yield capitals.at(place, { directive: excerpt(written) })
    }
    for (const { name, written, value, quoted } of directives) {
      const seen = { directive: excerpt(name) }
      if (name !== written) yield capitals.at(place, seen)
      if (switches.has(name) && value !== undefined) yield valued.at(place, seen)
      // max-stale alone means: however stale (RFC 9111 section 5.2.1.2).
      if (times.has(name) && !(name === 'max-stale' && value === undefined)) {
        if (quoted || !/^\d+$/.test(value ?? '')) {
          yield seconds.at(place, seen)
          continue
        }
        if (Number(value) > 2 ** 31) yield large.at(place, seen)
      }
      names.push(name)
    }
    for (const name of new Set(names)) {
      if (!known.has(name)) continue
      if (!forRequests.has(name)) yield wrong.at(place, { directive: name })
      else if (names.indexOf(name) !== names.lastIndexOf(name)) yield repeated.at(place, { directive: name })
    }
  },
  examples: [
    { title: 'a reload', given: sent('no-cache, max-age=0, max-stale'), yields: [] },
    { title: 'private', given: sent('private'), yields: [wrong] },
    { title: 'a valued switch', given: sent('no-store=1'), yields: [valued] },
    { title: 'a word', given: sent('max-age=soon'), yields: [seconds] },
    { title: 'a century', given: sent('max-age=3153600000'), yields: [large] },
    { title: 'capitals in front of a semicolon', given: sent('No-Cache; no-store'), yields: [capitals] },
    { title: 'nothing after "="', given: sent('max-age='), yields: [seconds] },
    { title: 'capitals', given: sent('No-Cache'), yields: [capitals] },
    { title: 'twice', given: sent('no-cache, no-cache'), yields: [repeated] },
  ],
})

function sent(value: string): Message {
  return given({ requestFields: [['Cache-Control', value]] })
}
