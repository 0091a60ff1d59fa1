import { expect, test } from 'vitest'
import { mailboxSource } from './mailbox.ts'

const mailbox = new RegExp(`^(?:${mailboxSource})$`)

test.each([
  'webmaster@example.org',
  'a.b+c@example.org',
  '"a b"@example.org',
  'a@[192.0.2.1]',
  'Foo Bar <a@b.test>',
  '"Bar, Foo" <a@b.test>',
  '<a@b.test>',
  'a@b.test (at work)',
])('%j is a mailbox', (text) => expect(mailbox.test(text)).toBe(true))

test.each(['', 'foo', 'a@', '@b', 'a@b@c', 'a..b@c', '.a@b', 'a@b,c', 'a b@c.test', 'Foo <a>', 'a@b.test, c@d.test'])(
  '%j is none',
  (text) => expect(mailbox.test(text)).toBe(false),
)

test('a long word takes no longer than its length', () => {
  expect(mailbox.test('a'.repeat(100_000))).toBe(false)
})
