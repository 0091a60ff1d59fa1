import { expect, test } from 'vitest'
import { filled } from './placeholders.ts'

const place = { start: Date.UTC(2026, 0, 5, 3, 4, 5), here: '/run.7' }

test.for([
  ['{start}', 'Mon, 05 Jan 2026 03:04:05 GMT'],
  ['{start-5}', 'Mon, 05 Jan 2026 03:04:00 GMT'],
  ['{start+55 rfc850}', 'Monday, 05-Jan-26 03:05:00 GMT'],
  ['{start+55 asctime}', 'Mon Jan  5 03:05:00 2026'],
  ['{here}/target', '/run.7/target'],
  ['{now+5}', '{now+5}'],
  ['no-cache="{x}"', 'no-cache="{x}"'],
] as const)('%s becomes %s', ([value, text]) => {
  expect(filled(value, place)).toBe(text)
})
