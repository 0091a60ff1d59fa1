import { expect, test } from 'vitest'
import { DatabaseError } from '../../engines/engine.ts'
import { mariadbReader } from './reader.ts'

test.each([
  [1227, 'GRANT BINLOG MONITOR'],
  [1193, 'MariaDB alone'],
])('error %i is told with what to do about it', (number, wanted) => {
  expect(mariadbReader.mendOf(new DatabaseError('refused', number))).toContain(wanted)
})

test('an error of which nobody knows more is told as it is', () => {
  expect(mariadbReader.mendOf(new DatabaseError('lost', undefined))).toBe('')
})
