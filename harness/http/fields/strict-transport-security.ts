import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { parameter, parseParameters } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.strict-transport-security'
const year = 31_536_000

const invalid = rule({
  id: 'http/strict-transport-security-invalid',
  level: 'error',
  reference: rfc(6797, '6.1'),
  says: (e: { value: string; why: string }) =>
    `Strict-Transport-Security is "${e.value}": ${e.why}, so browsers ignore it.`,
  wants: 'Strict-Transport-Security is max-age=SECONDS, then switches after semicolons, each once.',
  remedy: 'Send: max-age=31536000; includeSubDomains.',
  aka: { redbot: 'HSTS_INVALID' },
})

const repeated = rule({
  id: 'http/strict-transport-security-repeated',
  level: 'error',
  reference: rfc(6797, '8.1'),
  says: (e: { lines: number }) =>
    `Strict-Transport-Security is there ${e.lines} times, and browsers read only the first.`,
  wants: 'Strict-Transport-Security is there once.',
  remedy: 'Let either the proxy or the application send it.',
})

const zero = rule({
  id: 'http/strict-transport-security-zero',
  level: 'warning',
  reference: rfc(6797, '6.1.1'),
  says: () => 'Strict-Transport-Security has max-age=0, which makes browsers forget it.',
  wants: 'max-age is more than zero, unless https is being given up.',
  remedy: 'Send max-age=31536000.',
  aka: { redbot: 'HSTS_MAX_AGE_ZERO' },
})

const short = rule({
  id: 'http/strict-transport-security-short',
  level: 'warning',
  reference: rfc(6797, '11.2'),
  says: (e: { seconds: number }) =>
    `Strict-Transport-Security lasts ${e.seconds} seconds, less than a year (31536000).`,
  wants: 'max-age is a year or more.',
  remedy: 'Raise max-age step by step to 31536000.',
  aka: { redbot: 'HSTS_SHORT_MAX_AGE' },
})

const subdomains = rule({
  id: 'http/strict-transport-security-subdomains',
  level: 'info',
  reference: rfc(6797, '6.1.2'),
  says: () => 'Strict-Transport-Security leaves subdomains out, from which cookies of this host can be set.',
  wants: 'includeSubDomains is there.',
  remedy: 'Add includeSubDomains once all subdomains speak https.',
  aka: { redbot: 'HSTS_NO_SUBDOMAINS' },
})

const preload = rule({
  id: 'http/strict-transport-security-preload',
  level: 'warning',
  reference: document('HSTS Preload List Submission', 'https://hstspreload.org/#deployment-recommendations'),
  says: (e: { value: string }) =>
    `Strict-Transport-Security "${e.value}" asks for preloading, and the list would refuse it.`,
  wants: 'preload comes with includeSubDomains and max-age of at least 31536000.',
  remedy: 'Drop preload, or add what it needs.',
  aka: { redbot: 'HSTS_PRELOAD_NOT_SUITABLE' },
})

const plainHttp = rule({
  id: 'http/strict-transport-security-plain-http',
  level: 'warning',
  reference: rfc(6797, '7.2'),
  says: () => 'Strict-Transport-Security came over plain http, where browsers ignore it.',
  wants: 'Strict-Transport-Security is sent over https only.',
  remedy: 'Redirect http to https, and send it there.',
  aka: { redbot: 'HSTS_OVER_HTTP' },
})

const valid = rule({
  id: 'http/strict-transport-security-valid',
  level: 'good',
  reference: rfc(6797, '6.1'),
  says: (e: { seconds: number }) => `Browsers will use https for ${e.seconds} seconds.`,
  wants: 'Strict-Transport-Security is valid.',
  remedy: 'Nothing to do.',
  aka: { redbot: 'HSTS_VALID' },
})

/** Strict-Transport-Security: `[ directive ] *( ";" [ directive ] )` (RFC 6797 section 6.1). */
export const strictTransportSecurity = check({
  id: 'http/strict-transport-security',
  rules: [invalid, repeated, zero, short, subdomains, preload, plainHttp, valid],
  *run({ url, response }: Message) {
    const lines = response.fields.all('strict-transport-security')
    const [value] = lines
    if (value === undefined) return
    if (lines.length > 1) yield repeated.at(place, { lines: lines.length })
    if (url.protocol === 'http:') {
      yield plainHttp.at(place)
      return
    }
    const directives = parseParameters(splitList(value, ';'), 'loose')
    const names = directives.all.map(({ name }) => name)
    const maxAge = parameter(directives, 'max-age')
    const why =
      directives.malformed.length > 0
        ? 'it does not parse'
        : new Set(names).size < names.length
          ? 'a directive stands twice'
          : !names.includes('max-age')
            ? 'max-age is missing'
            : !/^\d+$/.test(maxAge ?? '')
              ? 'max-age is not a whole number of seconds'
              : directives.all.some(({ name, value: given }) => name === 'includesubdomains' && given !== undefined)
                ? 'includeSubDomains takes no value'
                : undefined
    if (why !== undefined) {
      yield invalid.at(place, { value: excerpt(value), why })
      return
    }
    const seconds = Number(maxAge)
    const covers = names.includes('includesubdomains')
    if (seconds === 0) yield zero.at(place)
    else {
      yield valid.at(place, { seconds })
      if (seconds < year) yield short.at(place, { seconds })
      if (!covers) yield subdomains.at(place)
    }
    if (names.includes('preload') && (!covers || seconds < year)) yield preload.at(place, { value: excerpt(value) })
  },
  examples: [
    {
      title: 'a year, all of it, over https',
      given: given({
        url: 'https://origin.test/',
        fields: [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains; preload']],
      }),
      yields: [valid],
    },
    { title: 'none at all', given: given({ url: 'https://origin.test/' }), yields: [] },
    {
      title: 'a quoted year and a last semicolon',
      given: given({
        url: 'https://origin.test/',
        fields: [['Strict-Transport-Security', 'Max-Age="31536000"; includeSubDomains;']],
      }),
      yields: [valid],
    },
    {
      title: 'no max-age',
      given: given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', 'includeSubDomains']] }),
      yields: [invalid],
    },
    {
      title: 'a year in words',
      given: given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', 'max-age=year']] }),
      yields: [invalid],
    },
    {
      title: 'commas',
      given: given({
        url: 'https://origin.test/',
        fields: [['Strict-Transport-Security', 'max-age=31536000, includeSubDomains']],
      }),
      yields: [invalid],
    },
    {
      title: 'max-age twice',
      given: given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', 'max-age=1; max-age=2']] }),
      yields: [invalid],
    },
    {
      title: 'a switch with a value',
      given: given({
        url: 'https://origin.test/',
        fields: [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains=1']],
      }),
      yields: [invalid],
    },
    {
      title: 'two lines',
      given: given({
        url: 'https://origin.test/',
        fields: [
          ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
          ['Strict-Transport-Security', 'max-age=1'],
        ],
      }),
      yields: [repeated, valid],
    },
    {
      title: 'zero',
      given: given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', 'max-age=0']] }),
      yields: [zero],
    },
    {
      title: 'half a year',
      given: given({
        url: 'https://origin.test/',
        fields: [['Strict-Transport-Security', 'max-age=15768000; includeSubDomains']],
      }),
      yields: [valid, short],
    },
    {
      title: 'no subdomains',
      given: given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', 'max-age=31536000']] }),
      yields: [valid, subdomains],
    },
    {
      title: 'preload without subdomains',
      given: given({
        url: 'https://origin.test/',
        fields: [['Strict-Transport-Security', 'max-age=31536000; preload']],
      }),
      yields: [valid, subdomains, preload],
    },
    {
      title: 'over http',
      given: given({ fields: [['Strict-Transport-Security', 'max-age=31536000']] }),
      yields: [plainHttp],
    },
  ],
})
