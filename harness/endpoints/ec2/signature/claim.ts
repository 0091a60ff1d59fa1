import type { MockRequest } from '../../core/index.ts'
import type { Pairs } from '../wire/form.ts'

/** What a request says of who signed it, and how, before anything of it is believed. */
export interface Claim {
  readonly accessKeyId: string
  readonly sessionToken: string | undefined
  /** Region of a version 4 scope; it need not be a region that there is. */
  readonly scopeRegion: string | undefined
  /**
   * Verifies it with the secret of that key.
   *
   * @throws Ec2Error SignatureDoesNotMatch, RequestExpired, IncompleteSignature
   */
  readonly verify: (secret: string, now: number) => void
}

export interface Signed {
  readonly request: MockRequest
  /** Of the query and of a form body. */
  readonly pairs: Pairs
}

/** How far a client's clock may be off, in milliseconds: five minutes for version 4, fifteen for version 2. */
export const skew = { v2: 15 * 60_000, v4: 5 * 60_000 } as const

/** RFC 3986 percent-encoding as both signature versions want it: only unreserved characters stay. */
export function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Byte order, which is what signatures sort by. */
export function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
