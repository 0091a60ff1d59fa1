import { z } from 'zod'
import { document, rfc } from '../../kernel/index.ts'
import { policiesOf } from '../grammar/content-security-policy.ts'
import { parseTransportSecurity } from '../grammar/strict-transport-security.ts'
import { given } from '../message.ts'
import type { Message } from '../message.ts'
import { expectation } from './expectation.ts'
import { fieldSeen, missing, unless } from './seen.ts'

const html = 'https://html.spec.whatwg.org/multipage'
const saying = (name: string, value: string): Message => given({ fields: [[name, value]] })
const said = ({ response }: Message, name: string): string => (response.fields.get(name) ?? '').trim().toLowerCase()

function transportSecurity({ response }: Message) {
  const read = parseTransportSecurity(response.fields.all('strict-transport-security')[0] ?? '')
  return 'invalid' in read ? undefined : read
}

const hstsSeconds = expectation({
  id: 'security-hsts',
  value: z.int().min(1).meta({ description: 'Strict-Transport-Security holds for at least so many seconds' }),
  reference: rfc(6797, '6.1.1'),
  wanted: (value) => `Strict-Transport-Security for ${value} s or more`,
  look: (value, page) =>
    unless((transportSecurity(page)?.maxAge ?? 0) >= value, () => fieldSeen(page, 'Strict-Transport-Security')),
  examples: [
    { title: 'enough', value: 9, page: saying('Strict-Transport-Security', 'max-age=9'), met: true },
    { title: 'too short', value: 10, page: saying('Strict-Transport-Security', 'max-age=9'), met: false },
    { title: 'not there', value: 10, page: given(), met: false },
  ],
})

const hstsSubdomains = expectation({
  id: 'security-hsts-subdomains',
  value: z.literal(true).meta({ description: 'Strict-Transport-Security holds for subdomains, too' }),
  reference: rfc(6797, '6.1.2'),
  wanted: () => 'Strict-Transport-Security with includeSubDomains',
  look: (_, page) =>
    unless(transportSecurity(page)?.includeSubDomains === true, () => fieldSeen(page, 'Strict-Transport-Security')),
  examples: [
    {
      title: 'said',
      value: true,
      page: saying('Strict-Transport-Security', 'max-age=9; includeSubDomains'),
      met: true,
    },
    { title: 'not said', value: true, page: saying('Strict-Transport-Security', 'max-age=9'), met: false },
  ],
})

const csp = expectation({
  id: 'security-csp',
  value: z
    .record(z.string().min(1), z.array(z.string()))
    .meta({ description: 'Directives of Content-Security-Policy, each with all of its sources, in any order' }),
  reference: document('Content Security Policy Level 3 section 2.2', 'https://www.w3.org/TR/CSP3/#framework-policy'),
  wanted: (value) =>
    Object.entries(value)
      .map(([name, sources]) => [name, ...sources].join(' '))
      .join('; '),
  look: (value, page) => {
    const policies = policiesOf(page.response.fields)
    const has = (name: string): boolean =>
      policies.some((policy) => {
        const sources = policy.get(name.toLowerCase())
        const wanted = value[name] ?? []
        return sources?.length === wanted.length && wanted.every((source) => sources.includes(source))
      })
    return missing(Object.keys(value), has, `${fieldSeen(page, 'Content-Security-Policy')}, which differs in`)
  },
  examples: [
    {
      title: 'in another order',
      value: { 'script-src': ["'self'", 'a.test'] },
      page: saying('Content-Security-Policy', "default-src 'none'; script-src a.test 'self'"),
      met: true,
    },
    {
      title: 'one more',
      value: { 'script-src': ["'self'"] },
      page: saying('Content-Security-Policy', "script-src 'self' *"),
      met: false,
    },
    { title: 'not there', value: { sandbox: [] }, page: given(), met: false },
  ],
})

const nosniff = expectation({
  id: 'security-nosniff',
  value: z.literal(true).meta({ description: 'X-Content-Type-Options is nosniff' }),
  reference: document('Fetch, X-Content-Type-Options', 'https://fetch.spec.whatwg.org/#x-content-type-options-header'),
  wanted: () => 'X-Content-Type-Options: nosniff',
  look: (_, page) =>
    unless(said(page, 'x-content-type-options') === 'nosniff', () => fieldSeen(page, 'X-Content-Type-Options')),
  examples: [
    { title: 'nosniff', value: true, page: saying('X-Content-Type-Options', 'NoSniff'), met: true },
    { title: 'not there', value: true, page: given(), met: false },
  ],
})

const referrerPolicy = expectation({
  id: 'security-referrer-policy',
  value: z.string().min(1).meta({ description: 'The policy of Referrer-Policy that browsers take: the last one' }),
  reference: document('Referrer Policy section 4.1', 'https://www.w3.org/TR/referrer-policy/#referrer-policy-header'),
  wanted: (value) => `Referrer-Policy: ${value}`,
  look: (value, page) => {
    const last = said(page, 'referrer-policy').split(',').at(-1)?.trim()
    return unless(last === value.toLowerCase(), () => fieldSeen(page, 'Referrer-Policy'))
  },
  examples: [
    {
      title: 'the last one',
      value: 'same-origin',
      page: saying('Referrer-Policy', 'no-referrer, same-origin'),
      met: true,
    },
    { title: 'another', value: 'same-origin', page: saying('Referrer-Policy', 'unsafe-url'), met: false },
  ],
})

const framing = expectation({
  id: 'security-framing',
  value: z.enum(['none', 'self']).meta({ description: 'Who may frame the page: nobody, or pages of its own origin' }),
  reference: document(
    'Content Security Policy Level 3, frame-ancestors',
    'https://www.w3.org/TR/CSP3/#directive-frame-ancestors',
  ),
  wanted: (value) =>
    value === 'none' ? 'that nobody may frame the page' : 'that only its own origin may frame the page',
  look: (value, page) => {
    const ancestors = policiesOf(page.response.fields).flatMap((policy) => {
      const sources = policy.get('frame-ancestors')
      return sources === undefined ? [] : [sources.join(' ').toLowerCase()]
    })
    // Where the policy says who may, browsers do not look at X-Frame-Options.
    const told = ancestors.length > 0 ? ancestors : [said(page, 'x-frame-options')]
    const good = value === 'none' ? ["'none'", 'deny'] : ["'none'", 'deny', "'self'", 'sameorigin']
    const seen = (): string => `${fieldSeen(page, 'Content-Security-Policy')}, ${fieldSeen(page, 'X-Frame-Options')}`
    return unless(
      told.some((one) => good.includes(one)),
      seen,
    )
  },
  examples: [
    { title: 'by policy', value: 'self', page: saying('Content-Security-Policy', "frame-ancestors 'self'"), met: true },
    { title: 'by X-Frame-Options', value: 'none', page: saying('X-Frame-Options', 'DENY'), met: true },
    { title: 'too many', value: 'none', page: saying('X-Frame-Options', 'SAMEORIGIN'), met: false },
    {
      title: 'a policy that overrules X-Frame-Options',
      value: 'none',
      page: given({
        fields: [
          ['Content-Security-Policy', 'frame-ancestors a.test'],
          ['X-Frame-Options', 'DENY'],
        ],
      }),
      met: false,
    },
  ],
})

const openerPolicy = expectation({
  id: 'security-opener-policy',
  value: z
    .enum(['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none'])
    .meta({ description: 'Cross-Origin-Opener-Policy' }),
  reference: document('HTML, cross-origin opener policies', `${html}/browsers.html#cross-origin-opener-policies`),
  wanted: (value) => `Cross-Origin-Opener-Policy: ${value}`,
  look: (value, page) => {
    const policy = said(page, 'cross-origin-opener-policy').split(';')[0]?.trim()
    return unless(policy === value, () => fieldSeen(page, 'Cross-Origin-Opener-Policy'))
  },
  examples: [
    {
      title: 'with a parameter',
      value: 'same-origin',
      page: saying('Cross-Origin-Opener-Policy', 'same-origin; report-to="a"'),
      met: true,
    },
    { title: 'not there', value: 'same-origin', page: given(), met: false },
  ],
})

const embedderPolicy = expectation({
  id: 'security-embedder-policy',
  value: z
    .enum(['require-corp', 'credentialless', 'unsafe-none'])
    .meta({ description: 'Cross-Origin-Embedder-Policy' }),
  reference: document('HTML, COEP', `${html}/browsers.html#coep`),
  wanted: (value) => `Cross-Origin-Embedder-Policy: ${value}`,
  look: (value, page) => {
    const policy = said(page, 'cross-origin-embedder-policy').split(';')[0]?.trim()
    return unless(policy === value, () => fieldSeen(page, 'Cross-Origin-Embedder-Policy'))
  },
  examples: [
    { title: 'said', value: 'require-corp', page: saying('Cross-Origin-Embedder-Policy', 'require-corp'), met: true },
    {
      title: 'another',
      value: 'require-corp',
      page: saying('Cross-Origin-Embedder-Policy', 'unsafe-none'),
      met: false,
    },
  ],
})

const resourcePolicy = expectation({
  id: 'security-resource-policy',
  value: z.enum(['same-origin', 'same-site', 'cross-origin']).meta({ description: 'Cross-Origin-Resource-Policy' }),
  reference: document(
    'Fetch, Cross-Origin-Resource-Policy',
    'https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header',
  ),
  wanted: (value) => `Cross-Origin-Resource-Policy: ${value}`,
  look: (value, page) =>
    unless(said(page, 'cross-origin-resource-policy') === value, () => fieldSeen(page, 'Cross-Origin-Resource-Policy')),
  examples: [
    { title: 'said', value: 'same-site', page: saying('Cross-Origin-Resource-Policy', 'same-site'), met: true },
    { title: 'not there', value: 'same-site', page: given(), met: false },
  ],
})

const permissionsDenied = expectation({
  id: 'security-permissions-denied',
  value: z.array(z.string().min(1)).min(1).meta({ description: 'Features that Permissions-Policy gives to nobody' }),
  reference: document(
    'Permissions Policy section 6.1',
    'https://www.w3.org/TR/permissions-policy/#permissions-policy-http-header-field',
  ),
  wanted: (value) => `Permissions-Policy to deny ${value.join(', ')}`,
  look: (value, page) => {
    const members = said(page, 'permissions-policy')
      .split(',')
      .map((one) => one.replaceAll(/\s/g, ''))
    return missing(
      value,
      (feature) => members.includes(`${feature.toLowerCase()}=()`),
      `${fieldSeen(page, 'Permissions-Policy')}, which does not deny`,
    )
  },
  examples: [
    {
      title: 'denied',
      value: ['camera'],
      page: saying('Permissions-Policy', 'camera=(), geolocation=(self)'),
      met: true,
    },
    { title: 'allowed to itself', value: ['camera'], page: saying('Permissions-Policy', 'camera=(self)'), met: false },
  ],
})

export const security = {
  hstsSeconds,
  hstsSubdomains,
  csp,
  nosniff,
  referrerPolicy,
  framing,
  openerPolicy,
  embedderPolicy,
  resourcePolicy,
  permissionsDenied,
}
