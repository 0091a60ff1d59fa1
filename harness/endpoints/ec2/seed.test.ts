import { expect, test } from 'vitest'
import { ec2Seed } from './seed-schema.ts'
import { standardSeed } from './seed.ts'

test('what is there without a seed is what the schema makes of an empty one', () => {
  expect(ec2Seed.parse({})).toEqual(standardSeed)
})
