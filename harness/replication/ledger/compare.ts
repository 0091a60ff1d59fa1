import type { Entry } from './journal.ts'
import type { Token } from './token.ts'
import { clientOf } from './token.ts'

/** All rows of the ledger's table on one node, read when nothing moved any more, in the order of their keys. */
export interface NodeRows {
  readonly node: string
  readonly tokens: readonly Token[]
  /** The rest of each row, as text to be compared, in the same order; rows are their tokens alone when left out. */
  readonly contents?: readonly string[]
}

export interface NodeReport {
  readonly node: string
  /** Rows that the truth has and this node has not. */
  readonly missing: readonly Token[]
  /** Rows that this node has and the truth has not. */
  readonly extra: readonly Token[]
  /** Of the extra ones: those that a client was told are there. */
  readonly extraAcknowledged: readonly Token[]
  /** Rows that stand there more than once. */
  readonly duplicate: readonly Token[]
  /** Missing rows with later rows of the same client behind them. */
  readonly holes: readonly Token[]
  /** Rows that stand there with another content than on the truth. */
  readonly changed: readonly Token[]
}

export interface LedgerReport {
  readonly acknowledged: number
  readonly refused: number
  readonly unknown: number
  /** Acknowledged to a client and not there. */
  readonly lost: readonly Token[]
  /** There although it was refused, or never sent. */
  readonly phantom: readonly Token[]
  /** There more than once. */
  readonly duplicate: readonly Token[]
  readonly nodes: readonly NodeReport[]
  /** Eras in which more than one node acknowledged writes. */
  readonly splitBrain: readonly { readonly era: number; readonly origins: readonly string[] }[]
}

/**
 * Holds what clients were told against what the nodes have.
 *
 * @param truth the node that goes on as primary: what it has not, is lost
 */
export function compareLedger(
  entries: ReadonlyMap<Token, Entry>,
  nodes: readonly NodeRows[],
  truth: string,
): LedgerReport {
  const rows = nodes.find(({ node }) => node === truth)
  if (rows === undefined) throw new Error(`there are no rows of ${truth}`)
  const there = new Set(rows.tokens)
  const counts = { acknowledged: 0, refused: 0, unknown: 0 }
  const lost: Token[] = []
  for (const [token, { fate }] of entries) {
    if (fate === 'acknowledged') {
      counts.acknowledged++
      if (!there.has(token)) lost.push(token)
    } else if (fate === 'refused') counts.refused++
    else counts.unknown++
  }
  const phantom = [...there].filter((token) => {
    const fate = entries.get(token)?.fate
    return fate === undefined || fate === 'refused'
  })
  return {
    ...counts,
    lost,
    phantom,
    duplicate: duplicates(rows.tokens),
    nodes: nodes.filter(({ node }) => node !== truth).map((node) => compareNode(node, rows, there, entries)),
    splitBrain: splitBrains(entries),
  }
}

function compareNode(
  { node, tokens, contents }: NodeRows,
  primary: NodeRows,
  truth: ReadonlySet<Token>,
  entries: ReadonlyMap<Token, Entry>,
): NodeReport {
  const own = new Set(tokens)
  const missing = [...truth].filter((token) => !own.has(token))
  const extra = [...own].filter((token) => !truth.has(token))
  const last = new Map<number, Token>()
  for (const token of own) last.set(clientOf(token), Math.max(token, last.get(clientOf(token)) ?? 0))
  return {
    node,
    missing,
    extra,
    extraAcknowledged: extra.filter((token) => entries.get(token)?.fate === 'acknowledged'),
    duplicate: duplicates(tokens),
    holes: missing.filter((token) => token < (last.get(clientOf(token)) ?? 0)),
    changed: changes({ tokens, contents }, primary),
  }
}

function changes(of: Pick<NodeRows, 'tokens'> & { contents: NodeRows['contents'] }, primary: NodeRows): Token[] {
  const { contents } = primary
  if (contents === undefined || of.contents === undefined) return []
  const there = new Map(primary.tokens.map((token, index) => [token, contents[index]]))
  return of.tokens.filter((token, index) => {
    const content = there.get(token)
    return content !== undefined && content !== of.contents?.[index]
  })
}

function duplicates(tokens: readonly Token[]): Token[] {
  const [seen, twice] = [new Set<Token>(), new Set<Token>()]
  for (const token of tokens) {
    if (seen.has(token)) twice.add(token)
    seen.add(token)
  }
  return [...twice]
}

function splitBrains(entries: ReadonlyMap<Token, Entry>): LedgerReport['splitBrain'] {
  const origins = new Map<number, Set<string>>()
  for (const { fate, era, origin } of entries.values()) {
    if (fate !== 'acknowledged' || origin === undefined) continue
    const of = origins.get(era) ?? new Set<string>()
    origins.set(era, of.add(origin))
  }
  return [...origins].filter(([, of]) => of.size > 1).map(([era, of]) => ({ era, origins: [...of].toSorted() }))
}

/** The one reason that is the cluster's own: it never took a write again. */
export const noneAfter = 'no write was acknowledged after the fault'

/** Why a ledger says nothing of a fault: it was not written to before, after, or while it happened. */
export function unsettledBecause(entries: ReadonlyMap<Token, Entry>, faultAt: number): string | undefined {
  let [before, after, during] = [false, false, false]
  for (const { fate, sentAt, settledAt = Number.POSITIVE_INFINITY } of entries.values()) {
    if (fate === 'acknowledged' && settledAt < faultAt) before = true
    if (fate === 'acknowledged' && sentAt > faultAt) after = true
    if (sentAt <= faultAt && settledAt >= faultAt) during = true
  }
  if (!before) return 'no write was acknowledged before the fault'
  if (!during) return 'no write was under way when the fault came'
  return after ? undefined : noneAfter
}
