import { document } from '../../kernel/index.ts'
import { crossOriginPolicy } from '../cross-origin-policy.ts'

/** Cross-Origin-Opener-Policy, enforced and report-only: which word, and where reports go. */
export const crossOriginOpenerPolicyDetail = crossOriginPolicy({
  name: 'cross-origin-opener-policy',
  field: 'Cross-Origin-Opener-Policy',
  redbot: 'COOP',
  reference: document(
    'HTML Standard, Cross-Origin-Opener-Policy',
    'https://html.spec.whatwg.org/multipage/browsers.html#the-coop-headers',
  ),
  apart: ['same-origin', 'same-origin-allow-popups'],
  // A word of the HTML Standard of which others say nothing.
  silent: 'noopener-allow-popups',
})
