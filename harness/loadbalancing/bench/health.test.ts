import { describe, expect, test } from 'vitest'
import { haproxy } from '../kinds/haproxy.ts'
import { withOutages } from './health.ts'

/** A balancer whose counter of outages goes through these numbers. */
function balancer(...outages: readonly number[]) {
  const left = [...outages]
  return { kind: haproxy, counters: async () => ({ queued: {}, down: [], listeners: [], outages: left.shift() ?? 0 }) }
}

describe('what is seen while servers are taken out', () => {
  test.for([
    { title: 'none, as meant', wanted: 0, before: 4, after: 4 },
    { title: 'one, as meant', wanted: 1, before: 0, after: 1 },
  ])('counts with $title', async ({ wanted, before, after }) => {
    await expect(withOutages(balancer(before, after), wanted, async () => 'seen')).resolves.toBe('seen')
  })

  test.for([
    { title: 'one that nobody meant', wanted: 0, before: 0, after: 1 },
    { title: 'one too many', wanted: 1, before: 2, after: 4 },
    { title: 'one too few', wanted: 1, before: 0, after: 0 },
  ])('is unsettled with $title', async ({ wanted, before, after }) => {
    await expect(withOutages(balancer(before, after), wanted, async () => 'seen')).rejects.toMatchObject({
      code: 'SEATRIAL_HEALTH_FLAPPED',
      because: 'prerequisite',
    })
  })

  test('counts where the balancer has no counters', async () => {
    const { counters: _none, ...kind } = haproxy
    await expect(withOutages({ ...balancer(), kind }, 1, async () => 'seen')).resolves.toBe('seen')
  })
})
