import { z } from 'zod'
import { expect, test } from '../../harness/vitest/index.ts'

const choices = z.object({ seed: z.int(), drawn: z.array(z.unknown()) })

/** Full disks and a clock that is wrong: nothing dies of them at once, and a promotion that trusts an answer goes wrong. */

test.for([
  ['disk-full-data', 'semi-sync'],
  ['disk-full-binlog', 'semi-sync'],
  ['disk-full-relay-log', 'semi-sync'],
  ['clock-skew', 'semi-sync'],
  ['clock-skew', 'postgres-synchronous'],
] as const)('%s: with %s nothing is lost, and rows are equal everywhere', async ([drill, procedure], { look }) => {
  expect(await look({ practice: 'replication', section: { drills: [{ drill, procedure }] } })).toHaveNoFindings()
})

// What is red in disk-full-binlog and clock-skew are mutants, which drills.test.ts and postgres.test.ts try.
test.for([
  ['disk-full-data', 'documents', 'replication/rows-split-brain', 'replication/trap-disk-freed'],
  ['disk-full-relay-log', 'documents', 'replication/promotion-failed', 'replication/trap-disk-hang'],
  ['disk-full-relay-log', 'semi-sync-naive', 'replication/promotion-failed', 'replication/trap-disk-hang'],
] as const)('%s: %s is red with %s, and %s is named', async ([drill, procedure, rule, trap], { look }) => {
  const steps = await look({ practice: 'replication', section: { drills: [{ drill, procedure }] } })
  expect(steps).toFind(rule)
  expect(steps).toFind(trap)
})

test('the same seed draws the same choices of a drill, and they stand in its observation', async ({ look }) => {
  const section = { drills: [1, 2].map(() => ({ drill: 'clock-skew', procedure: 'semi-sync' })) }
  const steps = await look({ practice: 'replication', section })
  const [first, second] = steps
    .flatMap(({ attachments = [] }) => attachments.filter(({ name }) => name === 'drill.json'))
    .map(({ content }) => choices.parse(JSON.parse(content)))
  expect(first?.seed).toBe(1)
  expect(first?.drawn.length).toBeGreaterThan(2)
  expect(second?.drawn).toEqual(first?.drawn)
})
