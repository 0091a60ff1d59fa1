import { z } from 'zod'
import { expect, test } from '../../harness/vitest/index.ts'

const choices = z.object({ seed: z.int(), drawn: z.array(z.unknown()) })

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
