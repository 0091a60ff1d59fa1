import { expect, test } from 'vitest'
import { Fields } from '../../wire/index.ts'
import { oncePerSection } from './once.ts'

test('a section is read once, even where the reading is undefined, and another section on its own', () => {
  const read: Fields[] = []
  const first = oncePerSection((fields) => {
    read.push(fields)
    return fields.get('a')
  })
  const [one, none] = [Fields.of([['A', '1']]), Fields.of([])]
  expect([first(one), first(one), first(none), first(none)]).toEqual(['1', '1', undefined, undefined])
  expect(read).toEqual([one, none])
})
