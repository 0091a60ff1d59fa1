import { expect, test } from 'vitest'
import { isLanguageTag } from './language-tag.ts'

test.each(['en', 'de-CH', 'zh-Hant-TW', 'x-private', 'i-klingon', 'de-1996'])('%s is a language tag', (text) => {
  expect(isLanguageTag(text)).toBe(true)
})

test.each(['', 'e', 'en_GB', 'en-', 'abcdefghi', 'en-abcdefghi', '*'])('%j is no language tag', (text) => {
  expect(isLanguageTag(text)).toBe(false)
})
