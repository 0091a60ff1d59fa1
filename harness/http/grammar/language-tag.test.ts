import { expect, test } from 'vitest'
import { isLanguageTag } from './language-tag.ts'

test.each([
  'en',
  'de-CH',
  'zh-Hant-TW',
  'zh-min-nan',
  'x-private',
  'i-klingon',
  'en-GB-oed',
  'de-1996',
  'de-u-co-phonebk',
])('%s is a language tag', (text) => {
  expect(isLanguageTag(text)).toBe(true)
})

test.each(['', 'e', 'en_GB', 'en-', 'abcdefghi', 'en-abcdefghi', '*', 'en-US-US', 'en-u', 'i-mine'])(
  '%j is no language tag',
  (text) => {
    expect(isLanguageTag(text)).toBe(false)
  },
)
