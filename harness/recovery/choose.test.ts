import { expect, test } from 'vitest'
import { choose } from './choose.ts'
import { allDrills, allProcedures } from './find.ts'

const all = { drills: await allDrills(), procedures: await allProcedures() }
const chosen = (asked: Parameters<typeof choose>[0]): string[][] =>
  choose(asked, all).map(({ drill, procedure }) => [drill.id, procedure.id])

test('a drill without a procedure is tried with the safe one of its kind', () => {
  expect(chosen({ drills: ['files-byte-changed', 'region-lost'] })).toEqual([
    ['files-byte-changed', 'restic-checked'],
    ['region-lost', 'region-checked'],
  ])
})

test('a drill of several databases is tried on the one that is named', () => {
  expect(chosen({ drills: ['database-restored'], engine: 'postgres' })).toEqual([
    ['database-restored', 'pg-basebackup-pitr'],
  ])
})

test('a procedure without drills is tried in every drill of its kind', () => {
  const files = all.drills.filter(({ kinds }) => kinds.includes('files')).map(({ id }) => id)
  expect(chosen({ drills: [], procedure: 'tar' })).toEqual(files.map((id) => [id, 'tar']))
})

test('every kind of every drill has a safe procedure to begin with', () => {
  const asked = all.drills.flatMap(({ id, kinds }) =>
    kinds.map((kind) => ({ drills: [id], engine: kind === 'mariadb' || kind === 'postgres' ? kind : undefined })),
  )
  expect(asked.filter((each) => chosen(each).length !== 1)).toEqual([])
})

test('a procedure of another kind, and a database that a drill does not know, are refused with what fits', () => {
  expect(() => chosen({ drills: ['region-lost'], procedure: 'tar' })).toThrow(
    'given tar, which recovers files, wanted one for region, which region-lost tries',
  )
  expect(() => chosen({ drills: ['region-lost'], engine: 'mariadb' })).toThrow('--engine')
})
