import { createHash } from 'node:crypto'
import type { Facts, Manifest } from '../manifest/compare.ts'

/**
 * What the writers of a database write. Order n is the same wherever it is written: a row, two lines, and money that goes
 * from one of eight accounts to another, all in one transaction. So the rows that must come back can be reckoned,
 * and a backup that holds one half of a transaction shows: its balances are not those of its orders.
 */
const accounts = 8

/** What must be there, and what may: orders are written one after the other, from 1. */
export interface Wanted {
  /** Every order up to this one was acknowledged before the backup began, or before the moment that is asked for. */
  readonly required: number
  /** No order after this one may be there. */
  readonly allowed: number
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** Rows of order n, by key. */
export function orderRows(n: number): readonly (readonly [string, Facts])[] {
  const cents = centsOf(n)
  const first = Math.floor(cents / 3)
  return [
    [`shop.orders ${n}`, { customer: `customer ${n % 97}`, cents: String(cents), seal: md5(`${n}:${cents}`) }],
    [`shop.order_lines ${n}-1`, { cents: String(first), note: md5(`${n}-1`) }],
    [`shop.order_lines ${n}-2`, { cents: String(cents - first), note: md5(`${n}-2`) }],
  ]
}

/** The accounts after orders 1 to n: their sum is always 0. */
export function balances(n: number): readonly (readonly [string, Facts])[] {
  const cents = Array.from({ length: accounts }, () => 0)
  for (let order = 1; order <= n; order += 1) {
    const [from, to] = [order % accounts, (order + 3) % accounts]
    cents[from] = (cents[from] ?? 0) - centsOf(order)
    cents[to] = (cents[to] ?? 0) + centsOf(order)
  }
  return cents.map((sum, id) => [`bank.accounts ${id}`, { cents: String(sum) }])
}

/** The highest order of which anything is there; 0 without any. */
export function highestOrder(manifest: Manifest): number {
  let highest = 0
  for (const key of manifest.keys()) {
    const [, n] = /^shop\.order(?:s|_lines) (\d+)/.exec(key) ?? []
    if (n !== undefined) highest = Math.max(highest, Number(n))
  }
  return highest
}

/**
 * What a restored database is held against: what never changed, every order up to the last that it has, whole, and at
 * least the required ones; and the balances that follow from them.
 */
export function wantedOf(unchanging: Manifest, { required, allowed }: Wanted, found: Manifest): Manifest {
  const last = Math.min(Math.max(required, highestOrder(found)), allowed)
  const orders = Array.from({ length: last }, (_, index) => orderRows(index + 1)).flat()
  return new Map([...unchanging, ...orders, ...balances(last)])
}

/** Whether the writers change it: what is left is the same all the time. */
export function isWritten(key: string): boolean {
  return /^(?:shop\.orders|shop\.order_lines|bank\.accounts) /.test(key)
}

const centsOf = (n: number): number => 100 + ((n * 37) % 900)
