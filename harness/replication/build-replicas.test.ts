import { expect, test } from 'vitest'
import { longestSilence } from './build-replicas.ts'
import { allBuildings, allProcedures } from './find.ts'
import type { Entry, Fate } from './ledger/journal.ts'
import { buildingUnfit } from './must-fit.ts'

const entry = (fate: Fate, settledAt: number | undefined): Entry => ({
  fate,
  era: 0,
  origin: 'node-1',
  sentAt: 0,
  settledAt,
})

test.each([
  ['nobody was acknowledged anything', [entry('unknown', 50), entry('sent', undefined)], 100],
  ['one in the middle', [entry('acknowledged', 40)], 60],
  ['the silence is at the beginning', [entry('acknowledged', 70), entry('acknowledged', 80)], 70],
  ['what came before and after does not count', [entry('acknowledged', -1), entry('acknowledged', 101)], 100],
  ['answers out of order', [entry('acknowledged', 90), entry('acknowledged', 30), entry('acknowledged', 60)], 30],
  ['a refusal is no acknowledgement', [entry('acknowledged', 20), entry('refused', 50)], 80],
])('the longest time without an acknowledgement from 0 to 100: %s', (_what, list, longest) => {
  expect(longestSilence(new Map(list.map((each, index) => [index, each])), 0, 100)).toBe(longest)
})

test('every engine has a safe way to build replicas, and MariaDB has each by position and by GTID', async () => {
  const safe = (await allBuildings()).filter((each) => each.safe).map(({ id }) => id)
  expect(safe).toContain('base-backup')
  for (const id of ['locked-dump', 'hot-dump', 'hot-backup']) {
    expect(safe).toContain(id)
    expect(safe).toContain(`${id}-gtid`)
  }
})

test('a building goes with the procedures of its engine, and one by GTID only with clusters that are run by it', async () => {
  const [buildings, procedures] = [await allBuildings(), await allProcedures()]
  const why = (building: string, procedure: string): string | undefined => {
    const found = procedures.find(({ id }) => id === procedure)
    if (found === undefined) throw new Error(`there is no ${procedure}`)
    return buildingUnfit({ building: buildings.find(({ id }) => id === building), procedure: found })
  }
  expect(why('hot-dump', 'documents')).toBeUndefined()
  expect(why('hot-dump-gtid', 'semi-sync')).toBeUndefined()
  expect(why('hot-dump-gtid', 'documents')).toMatch(/by GTID/)
  expect(why('base-backup', 'semi-sync')).toMatch(/replicas of postgres/)
  expect(why('base-backup', 'postgres-synchronous')).toBeUndefined()
})
