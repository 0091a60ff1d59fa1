import { expect, test } from 'vitest'
import { launchAlike } from './launch.ts'

test('an identical next version passes, a hundred times of a hundred', { timeout: 600_000 }, async () => {
  expect(await launchAlike(100, { requests: 600, falseAlarms: '0.1%' })).toEqual({ passed: 100 })
})
