import { expect, test } from 'vitest'
import { tellingSteps } from './telling-steps.ts'

const numbers = (...steps: readonly string[]): readonly number[] => tellingSteps(steps).map(({ number }) => number)

test('a script is killed before its first step, and after each that may have left something behind', () => {
  expect(numbers('cp a b', 'mv b c', 'rm a')).toEqual([1, 2, 3])
})

test('options, traps and variables leave nothing behind; a command substitution may, and so may a command with a variable', () => {
  expect(numbers('set -eu', 'a=$HOME/x', 'b="two words"', 'trap undo EXIT', 'mv a b')).toEqual([1])
  expect(numbers('a=$(next)', 'mv a b')).toEqual([1, 2])
  expect(numbers('a="$(next)"', 'mv a b')).toEqual([1, 2])
  expect(numbers('LANG=C mv a b', 'rm b')).toEqual([1, 2])
})

test('the way into a function is told twice by bash, and is not another state of the host', () => {
  expect(numbers('mkdir x', 'keep', 'keep', 'cp a b', 'mv b c')).toEqual([1, 2, 5])
})

test('a step is named by its number and its command on one line', () => {
  expect(tellingSteps(['printf a |\n    sort'])).toEqual([{ number: 1, name: 'step 1, printf a | sort' }])
})

test('a script whose steps cannot be counted is told of, because nothing would be tried', () => {
  expect(() => tellingSteps([])).toThrow('no steps to be killed before')
})
