import { expect, test } from 'vitest'
import { launchAlike } from './launch.ts'

/** Identical shops, of which no answer is like another; the release tries them a hundred times. */

test('an identical next version passes, five times of five', async () => {
  // One false alarm in a hundred launches is what is stated unless said otherwise; here it is one in a thousand.
  expect(await launchAlike(5, { requests: 600, falseAlarms: '0.1%' })).toEqual({ passed: 5 })
})

test('a hundred requests are too few to tell, and that is said; they raise no alarm', async () => {
  expect(await launchAlike(10, { requests: 100 })).toEqual({ unsettled: 10 })
})
