/** MariaDB's global transaction id: `domain-server-sequence`. */
export interface Gtid {
  readonly domain: number
  readonly server: number
  readonly sequence: number
}

/** Any number of them: a position has one a domain, the state of a log one a domain and server. */
export type GtidSet = readonly Gtid[]

/** @throws Error for what is none */
export function parseGtids(text: string): GtidSet {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const [, domain, server, sequence] = /^(\d+)-(\d+)-(\d+)$/.exec(each) ?? []
      if (sequence === undefined) throw new Error(`${JSON.stringify(each)} is no GTID of MariaDB`)
      return { domain: Number(domain), server: Number(server), sequence: Number(sequence) }
    })
}

export function gtidText({ domain, server, sequence }: Gtid): string {
  return `${domain}-${server}-${sequence}`
}

/** The highest sequence of a domain; 0 when there is none. */
export function lastOf(set: GtidSet, domain: number): number {
  return Math.max(0, ...set.filter((each) => each.domain === domain).map(({ sequence }) => sequence))
}

/** How many transactions of `all` are not in `some`, counted by sequence in each domain. */
export function transactionsBehind(some: GtidSet, all: GtidSet): number {
  const domains = [...new Set(all.map(({ domain }) => domain))]
  return domains.reduce((sum, domain) => sum + Math.max(0, lastOf(all, domain) - lastOf(some, domain)), 0)
}

/**
 * Transactions in `own` that `known` has not: for each domain and server the last of `own`, when it is beyond the last
 * that `known` has of that server. Sequences alone do not tell: two histories may count alike.
 */
export function strangeTo(known: GtidSet, own: GtidSet): GtidSet {
  return own.filter(
    ({ domain, server, sequence }) =>
      !known.some((each) => each.domain === domain && each.server === server && each.sequence >= sequence),
  )
}
