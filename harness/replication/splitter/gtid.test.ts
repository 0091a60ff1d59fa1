import { expect, test } from 'vitest'
import { lastWrite } from './gtid.ts'

test('the last write is the one with the highest number, whoever told of it and in whatever order', () => {
  const last = lastWrite()
  expect(last.gtid).toBeUndefined()
  for (const gtid of ['0-1-512', '0-2-600', '0-1-599', '', null, 'nonsense']) last.note(gtid)
  expect(last.gtid).toBe('0-2-600')
})
