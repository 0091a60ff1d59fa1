import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseTransportSecurity } from '../grammar/strict-transport-security.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.strict-transport-security'
const year = 31_536_000

const zero = rule({
  id: 'http/strict-transport-security-strength-zero',
  level: 'warning',
  reference: rfc(6797, '6.1.1'),
  says: () => 'Strict-Transport-Security has max-age=0, which makes browsers forget it.',
  wants: 'max-age is more than zero, unless https is being given up.',
  remedy: 'Send max-age=31536000.',
})

const short = rule({
  id: 'http/strict-transport-security-strength-short',
  level: 'warning',
  reference: rfc(6797, '11.2'),
  says: (e: { seconds: number }) =>
    `Strict-Transport-Security lasts ${e.seconds} seconds, less than a year (31536000).`,
  wants: 'max-age is a year or more.',
  remedy: 'Raise max-age step by step to 31536000.',
})

const subdomains = rule({
  id: 'http/strict-transport-security-strength-subdomains',
  level: 'info',
  reference: rfc(6797, '6.1.2'),
  says: () => 'Strict-Transport-Security leaves subdomains out, from which cookies of this host can be set.',
  wants: 'includeSubDomains is there.',
  remedy: 'Add includeSubDomains once all subdomains speak https.',
})

const preload = rule({
  id: 'http/strict-transport-security-strength-preload',
  level: 'warning',
  reference: document('HSTS Preload List Submission', 'https://hstspreload.org/#deployment-recommendations'),
  says: (e: { value: string }) =>
    `Strict-Transport-Security "${e.value}" asks for preloading, and the list would refuse it.`,
  wants: 'preload comes with includeSubDomains and max-age of at least 31536000.',
  remedy: 'Drop preload, or add what it needs.',
})

const https = (value: string): Message =>
  given({ url: 'https://origin.test/', fields: [['Strict-Transport-Security', value]] })

/** How much a valid Strict-Transport-Security protects (RFC 6797 section 11.2; the preload list). */
export const strictTransportSecurityStrength = check({
  id: 'http/strict-transport-security-strength',
  rules: [zero, short, subdomains, preload],
  applies: ({ response }) => response.fields.has('strict-transport-security'),
  *run({ url, response }: Message) {
    const [value] = response.fields.all('strict-transport-security')
    if (value === undefined || url.protocol === 'http:') return
    const parsed = parseTransportSecurity(value)
    if ('invalid' in parsed) return
    const { maxAge, includeSubDomains } = parsed
    if (maxAge === 0) yield zero.at(place)
    else if (maxAge < year) yield short.at(place, { seconds: maxAge })
    if (maxAge > 0 && !includeSubDomains) yield subdomains.at(place)
    if (parsed.preload && (maxAge < year || !includeSubDomains)) yield preload.at(place, { value: excerpt(value) })
  },
  examples: [
    { title: 'a year, all of it', given: https('max-age=31536000; includeSubDomains; preload'), yields: [] },
    { title: 'invalid, which is told elsewhere', given: https('max-age=soon'), yields: [] },
    { title: 'zero', given: https('max-age=0'), yields: [zero] },
    { title: 'half a year', given: https('max-age=15768000; includeSubDomains'), yields: [short] },
    { title: 'a second less than a year', given: https('max-age=31535999; includeSubDomains'), yields: [short] },
    { title: 'no subdomains', given: https('max-age=31536000'), yields: [subdomains] },
    { title: 'preload without subdomains', given: https('max-age=31536000; preload'), yields: [subdomains, preload] },
  ],
})
