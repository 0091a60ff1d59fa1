import { check, document, rule } from '../../kernel/index.ts'
import { policiesOf } from '../grammar/content-security-policy.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { isPage } from '../page.ts'

const missing = rule({
  id: 'http/absent-frame-protection-missing',
  level: 'warning',
  reference: document(
    'Content Security Policy Level 3 section 6.4.2',
    'https://www.w3.org/TR/CSP3/#directive-frame-ancestors',
  ),
  says: () => 'Nothing says who may frame the page, so any site can lay its own buttons over it.',
  wants: 'HTML pages carry frame-ancestors in their Content-Security-Policy, or X-Frame-Options.',
  remedy: "Send Content-Security-Policy: frame-ancestors 'self' (or 'none'); X-Frame-Options for old browsers.",
})

/** Protection against being framed, on pages. */
export const absentFrameProtection = check({
  id: 'http/absent-frame-protection',
  rules: [missing],
  *run(message: Message) {
    const { fields } = message.response
    if (!isPage(message) || fields.has('x-frame-options')) return
    if (policiesOf(fields).some((policy) => policy.get('frame-ancestors') !== undefined)) return
    yield missing.at('response.fields.x-frame-options')
  },
  examples: [
    {
      title: 'X-Frame-Options',
      given: given({
        fields: [
          ['Content-Type', 'text/html'],
          ['X-Frame-Options', 'DENY'],
        ],
      }),
      yields: [],
    },
    {
      title: 'frame-ancestors',
      given: given({
        fields: [
          ['Content-Type', 'text/html'],
          ['Content-Security-Policy', "frame-ancestors 'none'"],
        ],
      }),
      yields: [],
    },
    { title: 'no page', given: given({ fields: [['Content-Type', 'text/css']] }), yields: [] },
    {
      title: 'a policy without frame-ancestors, which default-src does not cover',
      given: given({
        fields: [
          ['Content-Type', 'text/html'],
          ['Content-Security-Policy', "default-src 'self'"],
        ],
      }),
      yields: [missing],
    },
  ],
})
