import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { CacheDirective } from '../grammar/cache-control.ts'
import { cacheControlOf } from '../grammar/cache-control.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.cache-control'

const malformed = rule({
  id: 'http/cache-control-malformed',
  level: 'error',
  reference: rfc(9111, '5.2'),
  says: (e: { member: string }) => `Cache-Control holds "${e.member}", which is no directive.`,
  wants: 'Directives are name or name=value, separated by commas.',
  remedy: 'Separate directives by commas, with no space around "=".',
})

const valueUnwanted = rule({
  id: 'http/cache-control-value-unwanted',
  level: 'warning',
  reference: rfc(9111, '5.2.2'),
  says: (e: { directive: string; value: string }) =>
    `Cache-Control gives ${e.directive} the value "${e.value}", and it takes none.`,
  wants: 'Directives that are switches stand alone.',
  remedy: 'Remove "=" and what follows it.',
  aka: { redbot: 'CC_SHOULD_NOT_HAVE_VALUE' },
})

const secondsMalformed = rule({
  id: 'http/cache-control-seconds-malformed',
  level: 'error',
  reference: rfc(9111, '1.2.2'),
  says: (e: { directive: string; value: string }) =>
    `Cache-Control gives ${e.directive} the value "${e.value}", not a whole number of seconds.`,
  wants: 'Directives that hold a time hold whole seconds, unquoted.',
  remedy: 'Give whole seconds, such as max-age=60.',
  aka: { redbot: 'CC_BAD_VALUE_TYPE' },
})

const secondsTooLarge = rule({
  id: 'http/cache-control-seconds-too-large',
  level: 'warning',
  reference: rfc(9111, '1.2.2'),
  says: (e: { directive: string; value: string }) =>
    `Cache-Control gives ${e.directive} ${e.value} seconds, more than caches can count.`,
  wants: 'Times are at most 2147483648 seconds.',
  remedy: 'Use 31536000, a year; immutable says the rest.',
  aka: { redbot: 'CC_MAX_AGE_TOO_LARGE' },
})

const requestDirective = rule({
  id: 'http/cache-control-request-directive',
  level: 'warning',
  reference: rfc(9111, '5.2.1'),
  says: (e: { directive: string }) => `Cache-Control holds ${e.directive}, which means nothing in a response.`,
  wants: 'Responses hold response directives.',
  remedy: 'Remove it, or look up the response directive that you mean.',
  aka: { redbot: 'CC_WRONG_MESSAGE' },
})

const misspelt = rule({
  id: 'http/cache-control-misspelt',
  level: 'warning',
  reference: rfc(9111, '5.2.2'),
  says: (e: { directive: string; meant: string }) =>
    `Cache-Control holds "${e.directive}", which caches ignore; ${e.meant} is what they know.`,
  wants: 'Directives have the names that caches know.',
  remedy: 'Correct the spelling.',
})

const switches = new Set([
  'must-revalidate',
  'must-understand',
  'no-store',
  'no-transform',
  'proxy-revalidate',
  'public',
  'immutable',
  'only-if-cached',
])
const times = new Set(['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error', 'pre-check', 'post-check'])
const requestTimes = new Set(['max-stale', 'min-fresh'])
const known = new Map(
  [...switches, ...times, 'no-cache', 'private'].map((name) => [name.replaceAll('-', ''), name] as const),
)

const rightlyWritten = new Set(known.values())

const meantBy = ({ name }: CacheDirective): string | undefined => {
  if (rightlyWritten.has(name)) return undefined
  const meant = known.get(name.replaceAll(/[-_]/g, ''))
  return meant === name ? undefined : meant
}

/** Cache-Control, directive by directive (RFC 9111 section 5.2; RFC 5861; RFC 8246). */
export const cacheControl = check({
  id: 'http/cache-control',
  rules: [malformed, valueUnwanted, secondsMalformed, secondsTooLarge, requestDirective, misspelt],
  applies: ({ response }) => response.fields.has('cache-control'),
  *run({ response }: Message) {
    const { directives, malformed: broken } = cacheControlOf(response.fields)
    for (const member of broken) yield malformed.at(place, { member: excerpt(member) })
    for (const each of directives) {
      const seen = { directive: excerpt(each.name), value: excerpt(each.value ?? '') }
      if (switches.has(each.name) && each.value !== undefined) yield valueUnwanted.at(place, seen)
      const forRequest = requestTimes.has(each.name)
      // max-stale alone means: however stale (RFC 9111 section 5.2.1.2).
      const timed = times.has(each.name) || (forRequest && !(each.name === 'max-stale' && each.value === undefined))
      const bad = timed && (each.quoted || !/^\d+$/.test(each.value ?? ''))
      if (bad) yield secondsMalformed.at(place, seen)
      else if (timed && Number(each.value) > 2 ** 31) yield secondsTooLarge.at(place, seen)
      const meant = meantBy(each)
      if ((forRequest && !bad) || each.name === 'only-if-cached')
        yield requestDirective.at(place, { directive: each.name })
      if (meant !== undefined) yield misspelt.at(place, { directive: excerpt(each.written), meant })
    }
  },
  examples: [
    {
      title: 'all that is right, with extensions and field names',
      given: given({
        fields: [['Cache-Control', 'public, Max-Age=60, s-maxage=0, no-cache="Set-Cookie", x-own=1, immutable']],
      }),
      yields: [],
    },
    { title: 'no field', given: given(), yields: [] },
    { title: 'semicolons', given: given({ fields: [['Cache-Control', 'public; max-age=60']] }), yields: [malformed] },
    { title: 'spaces around =', given: given({ fields: [['Cache-Control', 'max-age = 60']] }), yields: [malformed] },
    { title: 'no-store=yes', given: given({ fields: [['Cache-Control', 'no-store=yes']] }), yields: [valueUnwanted] },
    { title: 'a bare max-age', given: given({ fields: [['Cache-Control', 'max-age']] }), yields: [secondsMalformed] },
    {
      title: 'a negative time',
      given: given({ fields: [['Cache-Control', 'max-age=-1']] }),
      yields: [secondsMalformed],
    },
    {
      title: 'a quoted time',
      given: given({ fields: [['Cache-Control', 'max-age="60"']] }),
      yields: [secondsMalformed],
    },
    {
      title: 'a century',
      given: given({ fields: [['Cache-Control', 'max-age=3153600000']] }),
      yields: [secondsTooLarge],
    },
    {
      title: 'only-if-cached',
      given: given({ fields: [['Cache-Control', 'only-if-cached']] }),
      yields: [requestDirective],
    },
    {
      title: 'a time of a request that is none',
      given: given({ fields: [['Cache-Control', 'min-fresh=soon']] }),
      yields: [secondsMalformed],
    },
    {
      title: 'times of a request',
      given: given({ fields: [['Cache-Control', 'max-stale, min-fresh=3153600000']] }),
      yields: [requestDirective, secondsTooLarge],
    },
    {
      title: 'a time that a semicolon spoils',
      given: given({ fields: [['Cache-Control', 'max-age=60;']] }),
      yields: [malformed, secondsMalformed],
    },
    {
      title: 'a switch with "=" and nothing after it',
      given: given({ fields: [['Cache-Control', 'no-store=']] }),
      yields: [malformed, valueUnwanted],
    },
    { title: 'maxage', given: given({ fields: [['Cache-Control', 'maxage=60']] }), yields: [misspelt] },
    { title: 'no_cache', given: given({ fields: [['Cache-Control', 'no_cache']] }), yields: [misspelt] },
  ],
})
