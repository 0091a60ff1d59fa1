import { expect, test } from 'vitest'
import { imdsSeed } from './seed.ts'
import { standardSeed } from './standard-seed.ts'

test('an empty seed comes to what is there when none is given', () => {
  expect(imdsSeed.parse({})).toEqual(standardSeed)
})
