import type { Fields } from '../../../wire/index.ts'
import type { Message } from '../../message.ts'
import type { ProbeContext } from '../../probe-context.ts'
import { isSeatrialError, UsageError } from '../../../kernel/index.ts'
import { shown } from './page.ts'
import { patienceMs } from './reaction.ts'

/** Redirects that are followed; browsers give up after twice as many. */
const longestChain = 10

export interface Chain {
  /** Redirects taken. */
  readonly hops: number
  /** How the chain ended. `left`: at an address of somebody else that this run may not, or cannot, ask. */
  readonly end: 'answered' | 'looped' | 'endless' | 'left' | 'malformed'
  /** The last address, without its port; the page's own host is left out. */
  readonly at: string
  /** Status of the last answer. */
  readonly status: number
  /** A step from https to http. */
  readonly downgraded: boolean
}

/** Follows Location from the page's answer, keeping cookies for the page's own host as a browser does. */
export async function followRedirects({ url, base, ask }: ProbeContext): Promise<Chain> {
  const seen = new Set([stateOf(url, '')])
  const jar = new Map<string, string>()
  let at = url
  let answer: Message = base
  let downgraded = false
  for (let hops = 0; ; hops++) {
    const { status, fields } = answer.response
    const here = { hops, at: shown(at, url), status, downgraded }
    const location = fields.get('location')
    if (!isRedirect(status) || location === undefined) return { ...here, end: 'answered' }
    if (!URL.canParse(location, at.href)) return { ...here, end: 'malformed' }
    if (hops === longestChain) return { ...here, end: 'endless' }
    if (at.hostname === url.hostname) keepCookies(fields, jar)
    const next = new URL(location, at)
    next.hash = ''
    downgraded ||= at.protocol === 'https:' && next.protocol === 'http:'
    const cookie = next.hostname === url.hostname ? [...jar].map(([name, value]) => `${name}=${value}`).join('; ') : ''
    const taken = { hops: hops + 1, at: shown(next, url), status, downgraded }
    if (seen.has(stateOf(next, cookie))) return { ...taken, end: 'looped' }
    seen.add(stateOf(next, cookie))
    if (next.protocol !== 'http:' && next.protocol !== 'https:') return { ...taken, end: 'left' }
    const elsewhere = next.origin !== url.origin
    try {
      const request = { url: next.href, ...(cookie === '' ? {} : { fields: [['Cookie', cookie]] as const }) }
      answer = await ask(elsewhere ? { ...request, deadlineMs: patienceMs } : request)
    } catch (error) {
      // The plan's allow-list speaks by a usage error. What others do not answer is no word on this page.
      if (error instanceof UsageError || (elsewhere && isSeatrialError(error))) return { ...taken, end: 'left' }
      throw error
    }
    at = next
  }
}

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

// The same address with other cookies is another question: sign-in pages lead back to where one was.
const stateOf = (url: URL, cookie: string): string => `${url.href} ${cookie}`

function keepCookies(fields: Fields, jar: Map<string, string>): void {
  for (const line of fields.all('set-cookie')) {
    const [, name, value] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? []
    if (name !== undefined && value !== undefined) jar.set(name, value.trim())
  }
}
