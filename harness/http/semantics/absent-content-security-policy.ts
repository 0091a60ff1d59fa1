import { check, document, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { isPage } from '../page.ts'

const missing = rule({
  id: 'http/absent-content-security-policy-missing',
  level: 'warning',
  reference: document('Content Security Policy Level 3', 'https://www.w3.org/TR/CSP3/'),
  says: (e: { reportOnly: boolean }) =>
    e.reportOnly
      ? 'The page has a Content-Security-Policy that only reports and stops nothing.'
      : 'The page has no Content-Security-Policy, so an injected script may do all.',
  wants: 'HTML pages carry a Content-Security-Policy.',
  remedy: "Begin with: default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'.",
})

/** Content-Security-Policy on pages. */
export const absentContentSecurityPolicy = check({
  id: 'http/absent-content-security-policy',
  rules: [missing],
  *run(message: Message) {
    const { fields } = message.response
    if (!isPage(message) || fields.has('content-security-policy')) return
    yield missing.at('response.fields.content-security-policy', {
      reportOnly: fields.has('content-security-policy-report-only'),
    })
  },
  examples: [
    {
      title: 'there',
      given: given({
        fields: [
          ['Content-Type', 'text/html'],
          ['Content-Security-Policy', "default-src 'self'"],
        ],
      }),
      yields: [],
    },
    { title: 'no page', given: given({ fields: [['Content-Type', 'application/json']] }), yields: [] },
    { title: 'an error page', given: given({ status: 404, fields: [['Content-Type', 'text/html']] }), yields: [] },
    { title: 'not there', given: given({ fields: [['Content-Type', 'text/html']] }), yields: [missing] },
    {
      title: 'reports only',
      given: given({
        fields: [
          ['Content-Type', 'text/html'],
          ['Content-Security-Policy-Report-Only', "default-src 'self'"],
        ],
      }),
      yields: [missing],
    },
  ],
})
