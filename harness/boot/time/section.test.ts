import { expect, test } from 'vitest'
import { datesEntry } from './section.ts'

function complaints(more: object): string[] {
  const parsed = datesEntry.safeParse({ name: 'job', image: 'web:1', command: ['renew'], ...more })
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('an image and a command are all that a sweep needs', () => {
  expect(complaints({})).toEqual([])
  expect(datesEntry.parse({ name: 'job', build: './web', command: ['renew'] })).toMatchObject({
    zone: 'UTC',
    timeoutSeconds: 30,
    fresh: false,
  })
})

test.for<[more: object, told: RegExp]>([
  [{ build: './web' }, /image or build/],
  [{ image: undefined }, /image or build/],
  [{ command: [] }, /^command/],
  [{ from: '2023-02-29' }, /^from: a day that there was/],
  [{ prints: '(' }, /^prints: a regular expression/],
  [{ answers: { is: 'whenever' } }, /^answers\.is: .*next-year-same-day/],
  [{ classes: ['ordinary'] }, /^classes\.0: .*leap-day/],
  [{ certificates: [{ path: 'tls' }] }, /^certificates\.0\.path: an absolute path/],
  [{ years: [1900] }, /^years\.0/],
])('%j is refused', ([more, told]) => {
  expect(complaints(more).join('\n')).toMatch(told)
})
