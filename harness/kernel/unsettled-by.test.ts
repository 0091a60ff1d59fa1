import { expect, test } from 'vitest'
import { SeatrialError } from './errors.ts'
import { unsettledBy } from './unsettled-by.ts'

test('an error of ours says itself why nobody can tell, and what to do', () => {
  const error = new SeatrialError('SEATRIAL_TEST', 'no engine', { mend: 'Start it.', because: 'setup' })
  expect(unsettledBy(error, 'Look at it.')).toEqual({ because: 'setup', why: 'no engine', mend: 'Start it.' })
})

test('any other is a defect of ours, unless who caught it knows what to do', () => {
  expect(unsettledBy(new TypeError('x is not a function'))).toMatchObject({
    because: 'harness',
    why: 'x is not a function',
    mend: expect.stringContaining('a defect of Seatrial'),
  })
  expect(unsettledBy('thrown', 'Run it again.').mend).toBe('Run it again.')
})
