import { describe, expect, test } from 'vitest'
import type { Manifest } from '../manifest/compare.ts'
import { compareManifests } from '../manifest/compare.ts'
import { balances, orderRows, wantedOf } from './orders.ts'

const schema: Manifest = new Map([['table shop.orders', { columns: 'id int' }]])

/** A database with whole orders 1 to n, and the balances after order `booked`. */
const database = (n: number, booked = n): Manifest =>
  new Map([...schema, ...Array.from({ length: n }, (_, index) => orderRows(index + 1)).flat(), ...balances(booked)])

const differences = (found: Manifest, required: number, allowed: number): readonly string[] =>
  compareManifests(wantedOf(schema, { required, allowed }, found), found).map(({ kind, key }) => `${kind} ${key}`)

describe('what a restored database is held against', () => {
  test('orders after the beginning of a backup may be there or not, as long as they are whole', () => {
    expect(differences(database(5), 5, 9)).toEqual([])
    expect(differences(database(8), 5, 9)).toEqual([])
  })

  test('an order that was acknowledged before the backup began must be there', () => {
    expect(differences(database(4), 5, 9)).toContain('missing shop.orders 5')
  })

  test('an order after the moment that was asked for must not be there', () => {
    expect(differences(database(6), 5, 5)).toContain('extra shop.order_lines 6-2')
  })

  test('an order without one of its lines is torn, whenever it was written', () => {
    const torn = new Map(database(7))
    torn.delete('shop.order_lines 7-2')
    expect(differences(torn, 5, 9)).toEqual(['missing shop.order_lines 7-2'])
  })

  test('balances of another moment than the orders are torn', () => {
    expect(differences(database(7, 6), 5, 9)).toEqual(['changed bank.accounts 2', 'changed bank.accounts 7'])
  })

  test('money goes from account to account: the sum is always 0', () => {
    const sum = balances(1_234).reduce((total, [, { cents = '' }]) => total + Number(cents), 0)
    expect(sum).toBe(0)
  })
})
