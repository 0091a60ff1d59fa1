import { mkdtempSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compareLedger, unsettledBecause } from './compare.ts'
import type { Entry, Fate } from './journal.ts'
import { Journal, readJournal } from './journal.ts'
import type { Token } from './token.ts'
import { tokenOf, tokenText } from './token.ts'

const entry = (fate: Fate, more: Partial<Entry> = {}): Entry => ({
  fate,
  era: 0,
  origin: fate === 'acknowledged' ? 'one' : undefined,
  sentAt: 0,
  settledAt: 1,
  ...more,
})
const [a, b, c, d] = [1, 2, 3, 4].map((number) => tokenOf(1, number)) as [Token, Token, Token, Token]

describe('the ledger', () => {
  test('calls an acknowledged write that is not there lost, and an unknown one neither lost nor phantom', () => {
    const entries = new Map([
      [a, entry('acknowledged')],
      [b, entry('acknowledged')],
      [c, entry('unknown')],
      [d, entry('unknown')],
    ])
    const report = compareLedger(entries, [{ node: 'new', tokens: [a, c] }], 'new')
    expect(report).toMatchObject({ acknowledged: 2, unknown: 2, lost: [b], phantom: [], duplicate: [] })
  })

  test('calls a row phantom that was refused or that nobody sent, and one duplicate that stands there twice', () => {
    const entries = new Map([
      [a, entry('acknowledged')],
      [b, entry('refused')],
    ])
    const report = compareLedger(entries, [{ node: 'new', tokens: [a, a, b, d] }], 'new')
    expect(report).toMatchObject({ lost: [], phantom: [b, d], duplicate: [a], refused: 1 })
  })

  test('tells of every other node what is missing, extra, acknowledged though extra, and a hole', () => {
    const entries = new Map([a, b, c, d].map((token) => [token, entry('acknowledged')]))
    const nodes = [
      { node: 'new', tokens: [a, b, c] },
      { node: 'other', tokens: [a, c, d] },
    ]
    expect(compareLedger(entries, nodes, 'new').nodes).toEqual([
      { node: 'other', missing: [b], extra: [d], extraAcknowledged: [d], duplicate: [], holes: [b], changed: [] },
    ])
  })

  test('tells which rows stand on another node with another content', () => {
    const entries = new Map([a, b].map((token) => [token, entry('acknowledged')]))
    const nodes = [
      { node: 'new', tokens: [a, b], contents: ['0 1', '0 1'] },
      { node: 'other', tokens: [b, a], contents: ['0 2', '0 1'] },
    ]
    expect(compareLedger(entries, nodes, 'new').nodes).toMatchObject([{ missing: [], extra: [], changed: [b] }])
  })

  test('calls two origins in one era a split brain, and in two eras none', () => {
    const two = (era: number): Map<Token, Entry> =>
      new Map([
        [a, entry('acknowledged', { origin: 'one', era: 1 })],
        [b, entry('acknowledged', { origin: 'two', era })],
      ])
    const rows = [{ node: 'one', tokens: [a, b] }]
    expect(compareLedger(two(1), rows, 'one').splitBrain).toEqual([{ era: 1, origins: ['one', 'two'] }])
    expect(compareLedger(two(2), rows, 'one').splitBrain).toEqual([])
  })

  test.each([
    ['no write was acknowledged before the fault', [entry('acknowledged', { sentAt: 11, settledAt: 12 })]],
    [
      'no write was under way when the fault came',
      [entry('acknowledged'), entry('acknowledged', { sentAt: 11, settledAt: 12 })],
    ],
    [
      'no write was acknowledged after the fault',
      [entry('acknowledged'), entry('unknown', { sentAt: 9, settledAt: undefined })],
    ],
    [
      undefined,
      [
        entry('acknowledged'),
        entry('unknown', { sentAt: 9, settledAt: 15 }),
        entry('acknowledged', { sentAt: 16, settledAt: 17 }),
      ],
    ],
  ])('of a fault at 10: %s', (why, list) => {
    expect(unsettledBecause(new Map(list.map((each, index) => [index, each])), 10)).toBe(why)
  })
})

describe('the book of the clients', () => {
  test('has a write before it is sent, and can be read after a drill was killed in the middle of a line', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger')
    const journal = new Journal(path)
    journal.intend(a, 0, 1)
    expect(readJournal(path).get(a)?.fate).toBe('unknown')
    journal.settle(a, 'acknowledged', 2, 'one')
    journal.intend(b, 1, 3)
    journal.settle(b, 'refused', 4)
    journal.intend(c, 1, 5)
    appendFileSync(path, 'a 4294')
    expect(
      [...readJournal(path)].map(([token, { fate, era, origin }]) => [tokenText(token), fate, era, origin]),
    ).toEqual([
      ['1.1', 'acknowledged', 0, 'one'],
      ['1.2', 'refused', 1, undefined],
      ['1.3', 'unknown', 1, undefined],
    ])
    journal[Symbol.dispose]()
  })

  test('that is none is refused with the line', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger')
    appendFileSync(path, 's 1 0 1\nhello\n')
    expect(() => readJournal(path)).toThrow(/ledger:2 is no line of a ledger: hello/)
  })
})
