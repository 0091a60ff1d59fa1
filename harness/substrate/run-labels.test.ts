import { expect, test } from 'vitest'
import { ownIdentity } from './process-identity.ts'
import { labelsOf, ownerOf } from './run-labels.ts'

test('labels tell the run and its owner, and can be read back', () => {
  expect(ownerOf(labelsOf('a-run', ownIdentity()))).toEqual({ id: 'a-run', owner: ownIdentity() })
})

test.each(Object.keys(labelsOf('a-run', ownIdentity())))('without the label %s nobody is the owner', (key) => {
  const labels: Record<string, string> = { ...labelsOf('a-run', ownIdentity()) }
  delete labels[key]
  expect(ownerOf(labels)).toBeUndefined()
})

test.each([undefined, null, 'text', [], { 'seatrial.run': 7 }])('%j tells no owner', (labels) => {
  expect(ownerOf(labels)).toBeUndefined()
})
