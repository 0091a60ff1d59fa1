import { expect, test } from 'vitest'
import type { Manifest } from './compare.ts'
import { compareManifests } from './compare.ts'

const manifest = (entries: Readonly<Record<string, Readonly<Record<string, string>>>>): Manifest =>
  new Map(Object.entries(entries))

test('what came back as it was has no differences, in whatever order it is told', () => {
  const was = manifest({ a: { mode: '644', owner: '0:0' }, b: { mode: '755' } })
  const is = manifest({ b: { mode: '755' }, a: { owner: '0:0', mode: '644' } })
  expect(compareManifests(was, is)).toEqual([])
})

test('what did not come back, what nobody saved, and each changed fact are told by key', () => {
  const was = manifest({ b: { mode: '600', owner: '0:0' }, a: { mode: '644' } })
  const is = manifest({ b: { mode: '644', owner: '0:0' }, c: { mode: '644' } })
  expect(compareManifests(was, is)).toEqual([
    { kind: 'missing', key: 'a' },
    { kind: 'changed', key: 'b', fact: 'mode', wanted: '600', found: '644' },
    { kind: 'extra', key: 'c' },
  ])
})

test('a fact that only one side has is a change', () => {
  const [plain, tagged] = [manifest({ a: { size: '8' } }), manifest({ a: { size: '8', 'tag:run': 'today' } })]
  expect(compareManifests(tagged, plain)).toEqual([
    { kind: 'changed', key: 'a', fact: 'tag:run', wanted: 'today', found: undefined },
  ])
  expect(compareManifests(plain, tagged)).toEqual([
    { kind: 'changed', key: 'a', fact: 'tag:run', wanted: undefined, found: 'today' },
  ])
})
