import { check, document, rfc, rule } from '../../kernel/index.ts'
import { splitList, trimOws } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.strict-transport-security'
const preloadList = document('HSTS Preload List Submission', 'https://hstspreload.org/')
const year = 31_536_000

const valid = note(
  'http/strict-transport-security-detail-valid',
  'HSTS_VALID',
  rfc(6797, '6.1'),
  () => 'Browsers are told to come over https.',
  'good',
)
const bad = (
  state:
    | 'invalid'
    | 'no-max-age'
    | 'max-age-bad'
    | 'value'
    | 'repeated'
    | 'zero'
    | 'short'
    | 'plain-http'
    | 'preload-unfit',
  redbot: string,
  what: string,
  section = '6.1',
) =>
  rule({
    id: `http/strict-transport-security-detail-${state}`,
    level: 'info',
    reference: rfc(6797, section),
    says: () => `Strict-Transport-Security: ${what}.`,
    wants: 'max-age is at least a year, each directive stands once, and the field comes over https.',
    remedy: 'Send Strict-Transport-Security: max-age=31536000; includeSubDomains.',
    aka: { redbot },
  })
const invalid = bad('invalid', 'HSTS_INVALID', 'browsers ignore it')
const noMaxAge = bad('no-max-age', 'HSTS_NO_MAX_AGE', 'max-age is missing', '6.1.1')
const maxAgeBad = bad('max-age-bad', 'HSTS_BAD_MAX_AGE', 'max-age is no whole number', '6.1.1')
const valued = bad('value', 'HSTS_VALUE_NOT_ALLOWED', 'a switch has a value', '6.1.2')
const repeated = bad('repeated', 'HSTS_DUPLICATE_DIRECTIVE', 'a directive stands twice')
const zero = bad('zero', 'HSTS_MAX_AGE_ZERO', 'max-age is 0, which ends it', '6.1.1')
const short = bad('short', 'HSTS_SHORT_MAX_AGE', 'max-age is less than a year', '11.2')
const plainHttp = bad('plain-http', 'HSTS_OVER_HTTP', 'it came over plain http, where browsers ignore it', '7.2')
const unfit = bad('preload-unfit', 'HSTS_PRELOAD_NOT_SUITABLE', 'preload asks for a year and includeSubDomains', '12.3')
const subdomains = note(
  'http/strict-transport-security-detail-subdomains',
  'HSTS_SUBDOMAINS',
  rfc(6797, '6.1.2'),
  () => 'Strict-Transport-Security counts for subdomains too.',
)
const alone = note(
  'http/strict-transport-security-detail-alone',
  'HSTS_NO_SUBDOMAINS',
  rfc(6797, '6.1.2'),
  () => 'Strict-Transport-Security does not count for subdomains.',
)
const preload = note(
  'http/strict-transport-security-detail-preload',
  'HSTS_PRELOAD',
  preloadList,
  () => 'Browsers may know of Strict-Transport-Security beforehand.',
  'good',
)
const noPreload = note(
  'http/strict-transport-security-detail-no-preload',
  'HSTS_NO_PRELOAD',
  preloadList,
  () => 'Browsers learn of Strict-Transport-Security on the first visit.',
)
const semicolon = note(
  'http/strict-transport-security-detail-semicolon',
  'HSTS_TRAILING_SEMICOLON',
  rfc(6797, '6.1'),
  () => 'Strict-Transport-Security ends with a semicolon.',
)

/** Strict-Transport-Security, directive by directive, of the first line (RFC 6797 sections 6.1 and 8.1). */
export const strictTransportSecurityDetail = check({
  id: 'http/strict-transport-security-detail',
  rules: [
    valid,
    invalid,
    noMaxAge,
    maxAgeBad,
    valued,
    repeated,
    zero,
    short,
    plainHttp,
    unfit,
    subdomains,
    alone,
    preload,
    noPreload,
    semicolon,
  ],
  applies: ({ response }) => response.fields.has('strict-transport-security'),
  *run({ url, response }: Message) {
    const [line] = response.fields.all('strict-transport-security')
    if (line === undefined) return
    const value = trimOws(line)
    const first = new Map<string, string | undefined>()
    let ignored = false
    let twice = false
    for (const directive of splitList(value, ';')) {
      const [name = '', ...rest] = directive.split('=')
      const key = trimOws(name).toLowerCase()
      if (first.has(key)) twice = true
      else first.set(key, rest.length === 0 ? undefined : trimOws(rest.join('=')))
    }
    if (twice) yield repeated.at(place)
    // Quotes are allowed around max-age (RFC 6797 section 6.2).
    const said = /^"?(\d+)"?$/.exec(first.get('max-age') ?? '')?.[1]
    const maxAge = said === undefined ? undefined : Number(said)
    if (maxAge === undefined) yield (first.has('max-age') ? maxAgeBad : noMaxAge).at(place)
    else if (maxAge === 0) yield zero.at(place)
    else if (maxAge < year) yield short.at(place)
    const hasValue = ['includesubdomains', 'preload'].some((name) => first.get(name) !== undefined)
    if (hasValue) yield valued.at(place)
    const all = first.has('includesubdomains')
    yield (all ? subdomains : alone).at(place)
    if (first.has('preload')) yield (all && (maxAge ?? 0) >= year ? preload : unfit).at(place)
    else yield noPreload.at(place)
    if (value.endsWith(';')) yield semicolon.at(place)
    if (url.protocol === 'http:' && response.status !== 301) {
      yield plainHttp.at(place)
      ignored = true
    }
    yield (ignored || twice || hasValue || maxAge === undefined ? invalid : valid).at(place)
  },
  examples: [
    { title: 'none', given: given(), yields: [] },
    {
      title: 'ready to preload',
      given: https('max-age="31536000"; includeSubDomains; preload'),
      yields: [valid, subdomains, preload],
    },
    { title: 'a minute', given: https('max-age=60; preload;'), yields: [valid, alone, short, unfit, semicolon] },
    { title: 'the end', given: https('max-age=0'), yields: [valid, alone, zero, noPreload] },
    {
      title: 'a switch with a value',
      given: https('includeSubDomains=1'),
      yields: [invalid, noMaxAge, valued, subdomains, noPreload],
    },
    { title: 'twice', given: https('max-age=1y; max-age=1'), yields: [invalid, maxAgeBad, repeated, alone, noPreload] },
    {
      title: 'over http',
      given: given({ fields: [['Strict-Transport-Security', 'max-age=31536000']] }),
      yields: [invalid, plainHttp, alone, noPreload],
    },
  ],
})

function https(value: string): Message {
  return given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', value]] })
}
