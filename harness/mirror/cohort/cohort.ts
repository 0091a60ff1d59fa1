import { seededRandom, UsageError } from '../../kernel/index.ts'
import type { Asked } from '../exchange.ts'
import { fieldOf, safeMethods } from '../exchange.ts'
import { wildcard } from '../wildcard.ts'

/** Which requests are copied. */
export interface CohortRules {
  /** Of users, from 0 to 1. The users of a small share are among those of any larger one, on any day. */
  readonly share: number
  /** What tells one user from another. */
  readonly by: UserKey
  /** Methods and paths that change something and may be copied all the same, `POST /search*`. */
  readonly allow: readonly string[]
}

export type UserKey =
  | { readonly kind: 'address' }
  | { readonly kind: 'cookie' | 'field'; readonly name: string }
  | { readonly kind: 'path' }

/** What becomes of a request before it is carried. */
export type Choice = 'copied' | 'not sampled' | 'not allowed'

export function openCohort({ share, by, allow }: CohortRules): (asked: Asked, address: string) => Choice {
  const routes = allow.map(routeOf)
  return (asked, address) => {
    const { method, target } = asked
    if (
      !safeMethods.has(method) &&
      !routes.some((route) => route.method === method && route.path.test(pathOf(target)))
    ) {
      return 'not allowed'
    }
    if (share >= 1) return 'copied'
    // A generator whose seed is the user draws the same number at every run.
    return seededRandom(0, keyOf(by, asked, address))() < share ? 'copied' : 'not sampled'
  }
}

/** A user without the cookie or the field is told by the address. */
function keyOf(by: UserKey, { fields, target }: Asked, address: string): string {
  if (by.kind === 'path') return `path ${pathOf(target)}`
  if (by.kind === 'field') {
    const value = fieldOf(fields, by.name)
    if (value !== undefined) return `${by.name} ${value}`
  }
  if (by.kind === 'cookie') {
    const value = cookieOf(fieldOf(fields, 'cookie'), by.name)
    if (value !== undefined) return `${by.name} ${value}`
  }
  return `address ${address}`
}

function cookieOf(cookies: string | undefined, name: string): string | undefined {
  const pair = cookies?.split(';').find((each) => each.trim().startsWith(`${name}=`))
  return pair?.trim().slice(name.length + 1)
}

const pathOf = (target: string): string => target.split('?')[0] ?? target

interface Route {
  readonly method: string
  readonly path: RegExp
}

function routeOf(text: string): Route {
  const [, method = '', path = ''] = /^([A-Z]+) (\/\S*)$/.exec(text) ?? []
  if (method === '') {
    throw new UsageError({ path: 'allow', given: text, wanted: 'a method and a path, such as POST /search*' })
  }
  return { method, path: wildcard(path) }
}

/** `address`, `path`, `cookie:NAME` or `field:NAME`. @throws UsageError */
export function userKey(text: string, path: string): UserKey {
  if (text === 'address' || text === 'path') return { kind: text }
  const [, kind, name = ''] = /^(cookie|field):([!#$%&'*+\-.^_`|~\w]+)$/.exec(text) ?? []
  if (kind === 'cookie') return { kind, name }
  if (kind === 'field') return { kind, name: name.toLowerCase() }
  throw new UsageError({ path, given: text, wanted: 'address, path, cookie:NAME or field:NAME' })
}

/** `10%` or `0.1` as a share. @throws UsageError */
export function shareOf(text: string, path: string): number {
  const [, number = '', percent = ''] = /^(\d{1,3}(?:\.\d+)?)(%?)$/.exec(text.trim()) ?? []
  const share = number === '' ? Number.NaN : Number(number) / (percent === '' ? 1 : 100)
  if (share >= 0 && share <= 1) return share
  throw new UsageError({ path, given: text, wanted: 'a share such as 10% or 0.1' })
}
