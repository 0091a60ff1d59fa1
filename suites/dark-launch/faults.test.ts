import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults } from '../../fixtures/dark-launch/faults.ts'
import type { RunningShop } from './launch.ts'
import { found, launch, startShop } from './launch.ts'

/** Something is wrong with the next version of a shop: it is found, under the name of its place, and nothing else is. */

let primary: RunningShop
let secondary: RunningShop

beforeAll(async () => {
  ;[primary, secondary] = await Promise.all([startShop(1), startShop(2)])
})

afterAll(async () => {
  await Promise.all([primary?.[Symbol.asyncDispose](), secondary?.[Symbol.asyncDispose]()])
})

/** Among so many launches a false alarm is to be as good as none. */
const sure = { connections: 16, falseAlarms: '0.1%' }

for (const [name, fault] of Object.entries(faults)) {
  const { rule = 'mirror/answers-beyond-noise', places, andMore = false, requests = 600 } = fault
  test(`a shop with ${name} is not let through, and it is said where`, async () => {
    await using candidate = await startShop(3, name)
    const servers = { primary: primary.url, secondary: secondary.url, candidate: candidate.url }
    // On a busy machine one of three processes is slow without a fault of its own: times are looked at where they are the fault.
    const times = rule.startsWith('mirror/latency') ? {} : { slowest: 100 }
    // How far apart two clocks are read depends on who waits for a processor, too.
    const clocks = places.includes('json $.at') ? {} : { ignore: ['json $.at'] }
    const told = found(await launch(servers, { ...sure, ...times, ...clocks, requests }))
    const wanted = places.map((place) => `${rule} ${place}`)
    expect(told).toEqual(expect.arrayContaining(wanted))
    expect(andMore ? [] : told.filter((each) => !wanted.includes(each))).toEqual([])
  })
}

test('a shop with nothing wrong passes, though no answer is like another', async () => {
  await using candidate = await startShop(4)
  const servers = { primary: primary.url, secondary: secondary.url, candidate: candidate.url }
  const step = await launch(servers, { ...sure, slowest: 100, requests: 600 })
  expect(found(step)).toEqual([])
  expect(step.unsettled).toBeUndefined()
})
