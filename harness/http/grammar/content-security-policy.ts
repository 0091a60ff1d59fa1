import { oncePerSection } from './once.ts'

export interface CspDirective {
  /** Lower-case. */
  readonly name: string
  readonly sources: readonly string[]
}

export interface CspPolicy {
  /** The directives that count: the first of each name. */
  readonly directives: readonly CspDirective[]
  /** Names given again, which browsers ignore. */
  readonly repeated: readonly string[]
  /** The sources of a directive; undefined when the policy does not have it. */
  readonly get: (name: string) => readonly string[] | undefined
}

const known = new Set(
  (
    'child-src connect-src default-src font-src frame-src img-src manifest-src media-src object-src prefetch-src ' +
    'script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr worker-src fenced-frame-src ' +
    'base-uri form-action frame-ancestors sandbox webrtc report-uri report-to block-all-mixed-content ' +
    'upgrade-insecure-requests require-trusted-types-for trusted-types require-sri-for plugin-types ' +
    'navigate-to referrer reflected-xss'
  ).split(' '),
)

export function isKnownDirective(name: string): boolean {
  return known.has(name)
}

/** The policies that browsers enforce: each line holds a list of them (CSP Level 3 section 2.2.2). */
export const policiesOf = oncePerSection((fields) => parsePolicies(fields.all('content-security-policy')))

/** The policies that browsers only report about. */
export const reportedPoliciesOf = oncePerSection((fields) =>
  parsePolicies(fields.all('content-security-policy-report-only')),
)

function parsePolicies(lines: readonly string[]): readonly CspPolicy[] {
  return lines
    .flatMap((line) => line.split(','))
    .map(parsePolicy)
    .filter(({ directives }) => directives.length > 0)
}

/** One policy: directives between semicolons, the first of each name counts (CSP Level 3 section 2.2.1). */
export function parsePolicy(text: string): CspPolicy {
  const byName = new Map<string, CspDirective>()
  const repeated: string[] = []
  for (const part of text.split(';')) {
    const words = part.match(/[^\t\n\f\r ]+/g)
    const name = words?.[0]?.toLowerCase()
    if (words === null || name === undefined) continue
    if (byName.has(name)) repeated.push(name)
    else byName.set(name, { name, sources: words.slice(1) })
  }
  return { directives: [...byName.values()], repeated, get: (name) => byName.get(name)?.sources }
}
