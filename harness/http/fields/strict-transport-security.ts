import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseTransportSecurity } from '../grammar/strict-transport-security.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.strict-transport-security'

const invalid = rule({
  id: 'http/strict-transport-security-invalid',
  level: 'error',
  reference: rfc(6797, '6.1'),
  says: (e: { value: string; why: string }) =>
    `Strict-Transport-Security is "${e.value}": ${e.why}, so browsers ignore it.`,
  wants: 'Strict-Transport-Security is max-age=SECONDS, then switches after semicolons, each once.',
  remedy: 'Send: max-age=31536000; includeSubDomains.',
})

const repeated = rule({
  id: 'http/strict-transport-security-repeated',
  level: 'error',
  reference: rfc(6797, '7.1'),
  says: (e: { lines: number }) =>
    `Strict-Transport-Security is there ${e.lines} times, and browsers read only the first.`,
  wants: 'Strict-Transport-Security is there once.',
  remedy: 'Let either the proxy or the application send it.',
  aka: { redbot: 'SINGLE_HEADER_REPEAT' },
})

const plainHttp = rule({
  id: 'http/strict-transport-security-plain-http',
  level: 'warning',
  reference: rfc(6797, '7.2'),
  says: () => 'Strict-Transport-Security came over plain http, where browsers ignore it.',
  wants: 'Strict-Transport-Security is sent over https only.',
  remedy: 'Redirect http to https, and send it there.',
})

const valid = rule({
  id: 'http/strict-transport-security-valid',
  level: 'good',
  reference: rfc(6797, '6.1'),
  says: (e: { seconds: number }) => `Browsers will use https for ${e.seconds} seconds.`,
  wants: 'Strict-Transport-Security is valid.',
  remedy: 'Nothing to do.',
})

const https = (...values: readonly string[]): Message =>
  given({ url: 'https://origin.test/', fields: values.map((value) => ['Strict-Transport-Security', value] as const) })

/** Strict-Transport-Security: `[ directive ] *( ";" [ directive ] )` (RFC 6797 sections 6.1, 7.1 and 7.2). */
export const strictTransportSecurity = check({
  id: 'http/strict-transport-security',
  rules: [invalid, repeated, plainHttp, valid],
  applies: ({ response }) => response.fields.has('strict-transport-security'),
  *run({ url, response }: Message) {
    const lines = response.fields.all('strict-transport-security')
    const [value] = lines
    if (value === undefined) return
    if (lines.length > 1) yield repeated.at(place, { lines: lines.length })
    const parsed = parseTransportSecurity(value)
    if (url.protocol === 'http:') yield plainHttp.at(place)
    else if ('invalid' in parsed) yield invalid.at(place, { value: excerpt(value), why: parsed.invalid })
    else if (parsed.maxAge > 0) yield valid.at(place, { seconds: parsed.maxAge })
  },
  examples: [
    { title: 'none at all', given: https(), yields: [] },
    { title: 'zero, which is valid and of no use', given: https('max-age=0'), yields: [] },
    { title: 'a year, all of it', given: https('max-age=31536000; includeSubDomains; preload'), yields: [valid] },
    { title: 'a quoted year and a last semicolon', given: https('Max-Age="31536000";'), yields: [valid] },
    { title: 'no max-age', given: https('includeSubDomains'), yields: [invalid] },
    { title: 'a year in words', given: https('max-age=year'), yields: [invalid] },
    { title: 'commas', given: https('max-age=31536000, includeSubDomains'), yields: [invalid] },
    { title: 'max-age twice', given: https('max-age=1; max-age=2'), yields: [invalid] },
    { title: 'two lines', given: https('max-age=31536000', 'max-age=1'), yields: [repeated, valid] },
    {
      title: 'over http',
      given: given({ fields: [['Strict-Transport-Security', 'max-age=31536000']] }),
      yields: [plainHttp],
    },
  ],
})
