import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gtidText, lastOf, parseGtids, strangeTo, transactionsBehind } from './gtid.ts'

const gtid = fc.record({ domain: fc.nat(2), server: fc.nat(3), sequence: fc.nat(500) })

describe('GTIDs of MariaDB', () => {
  test('are read and written as the server writes them', () => {
    fc.assert(
      fc.property(fc.array(gtid), (set) => {
        expect(parseGtids(set.map(gtidText).join(','))).toEqual(set)
      }),
    )
    expect(parseGtids(' 0-1-2 ,\n1-1-3')).toEqual(parseGtids('0-1-2,1-1-3'))
    expect(parseGtids('')).toEqual([])
  })

  test.each(['0-1', '0-1-', 'a-b-c', '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5'])('%j is none', (text) => {
    expect(() => parseGtids(text)).toThrow('is no GTID of MariaDB')
  })

  test('that are missing are counted in each domain, and being ahead in one makes up for nothing in another', () => {
    expect(transactionsBehind(parseGtids('0-1-90,1-1-9'), parseGtids('0-1-100,1-2-5'))).toBe(10)
    expect(transactionsBehind([], parseGtids('0-1-3,1-1-4'))).toBe(7)
    expect(lastOf(parseGtids('0-1-3,0-2-9,1-1-50'), 0)).toBe(9)
  })

  test('of one history are never strange to it, and those of another server are, whatever their number', () => {
    fc.assert(
      fc.property(fc.array(gtid), (set) => {
        expect(strangeTo(set, set)).toEqual([])
      }),
    )
    expect(strangeTo(parseGtids('0-1-100'), parseGtids('0-1-90,0-2-50'))).toEqual(parseGtids('0-2-50'))
    expect(strangeTo(parseGtids('0-1-100'), parseGtids('0-1-101'))).toEqual(parseGtids('0-1-101'))
  })
})
