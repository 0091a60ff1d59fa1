import { document } from '../../kernel/index.ts'
import { crossOriginPolicy } from '../cross-origin-policy.ts'

/** Cross-Origin-Embedder-Policy, enforced and report-only: which word, and where reports go. */
export const crossOriginEmbedderPolicyDetail = crossOriginPolicy({
  name: 'cross-origin-embedder-policy',
  field: 'Cross-Origin-Embedder-Policy',
  redbot: 'COEP',
  reference: document(
    'HTML Standard, Cross-Origin-Embedder-Policy',
    'https://html.spec.whatwg.org/multipage/browsers.html#the-coep-headers',
  ),
  apart: ['require-corp', 'credentialless'],
})
