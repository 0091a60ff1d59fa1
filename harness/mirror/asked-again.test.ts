import { describe, expect, test } from 'vitest'
import { seededRandom } from '../kernel/index.ts'
import { differ } from './compare/difference.ts'
import { openAgainTally } from './noise/asked-again.ts'
import type { Weighed } from './noise/weigh.ts'
import { mirrored } from './testing/mirrored.ts'
import { httpServer } from './testing/servers.ts'

type Draw = (random: () => number, who: 'primary' | 'candidate', at: number) => unknown

/** Requests to two servers, one place of which is drawn; what differs is asked again. */
function simulate(draw: Draw, requests: number, seed: number): Weighed {
  const [tally, random] = [openAgainTally(), seededRandom(seed, 'again')]
  const between = (a: unknown, b: unknown) => (a === b ? [] : [differ('place', a, b)])
  for (let at = 0; at < requests; at++) {
    const answer = (who: 'primary' | 'candidate'): unknown => draw(random, who, at)
    const [own, its] = [answer('primary'), answer('candidate')]
    const found = between(own, its)
    if (found.length === 0) continue
    const request = { method: 'GET', target: `/${at}`, fields: [], bytes: 0 }
    tally.differs(request, found, true)
    if (!tally.isWorthAsking(found)) continue
    const [later, second] = [answer('primary'), answer('primary')]
    tally.asked(request, found, {
      later: between(later, answer('candidate')),
      twice: between(later, second),
      own: between(later, own),
    })
  }
  return tally.weigh(requests, 0.01)
}

const rare =
  (share: number): Draw =>
  (random) =>
    random() < share ? 'odd' : 'usual'
const faulty =
  (usual: Draw, wrong: Draw): Draw =>
  (random, who, at) =>
    (who === 'candidate' ? wrong : usual)(random, who, at)

const always: Draw = () => 'usual'
const hex: Draw = (random) =>
  Math.floor(random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0')

describe('an identical candidate raises no alarm without a second primary', () => {
  test.for<[string, Draw, number]>([
    ['an id', hex, 1_000],
    ['a place that is noisy in 1 %', rare(0.01), 1_000],
    ['a place that is noisy in 1 %, in few requests', rare(0.01), 100],
    ['a place that is noisy in 10 %', rare(0.1), 1_000],
    ['a place that is noisy in 50 %', rare(0.5), 1_000],
  ])('with %s', ([, draw, requests]) => {
    let alarms = 0
    for (let seed = 1; seed <= 100; seed++) if (simulate(draw, requests, seed).suspects.length > 0) alarms++
    // Of 100 runs with a chance of 1 % each, six or more raise an alarm once in two thousand times.
    expect(alarms).toBeLessThan(6)
  })

  test('noise is told as noise once the primary was seen to do the same', () => {
    expect(simulate(rare(0.1), 1_000, 1)).toMatchObject({ suspects: [], noise: 1, undecided: [] })
  })
})

test.for<[string, Draw, number]>([
  [
    'a place that is wrong in one request of a hundred',
    faulty(always, (_random, _who, at) => (at === 50 ? 'odd' : 'usual')),
    100,
  ],
  ['a place that is always wrong', faulty(always, () => 'odd'), 1_000],
  ['an id that is null', faulty(hex, () => null), 1_000],
  ['a noisy place that is wrong twice as often', faulty(rare(0.2), rare(0.6)), 1_000],
])('%s is found', ([, draw, requests]) => {
  for (let seed = 1; seed <= 10; seed++) {
    expect(simulate(draw, requests, seed).suspects).toEqual([expect.objectContaining({ place: 'place' })])
  }
})

test('what comes and goes is neither found nor passed over', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { suspects, undecided } = simulate(
      faulty(always, (_random, _who, at) => (at === 50 ? _random() : 'usual')),
      100,
      seed,
    )
    expect([...suspects.map(({ place }) => place), ...undecided]).toEqual(['place'])
  }
  let asked = 0
  const once: Draw = faulty(always, (_random, _who, at) => (at === 50 && asked++ === 0 ? 'odd' : 'usual'))
  expect(simulate(once, 100, 1)).toMatchObject({ suspects: [], undecided: ['place'] })
})

describe('a mirror that may ask again', () => {
  test('asks the primary twice and the candidate once, and only where they differed', async () => {
    const body =
      (own: string) =>
      (path = '') =>
        path === '/odd' ? own : 'same'
    await using primary = await httpServer(({ url }, response) => response.end(body('a')(url)))
    await using candidate = await httpServer(({ url }, response) => response.end(body('b')(url)))
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, askAgain: primary.url })
    for (const path of ['/', '/odd', '/']) await (await fetch(new URL(path, mirror.url))).text()
    const seen = await mirror.close()
    expect(seen).toMatchObject({
      askedAgain: 1,
      counts: { requests: 3, fates: { 'compared equal': 2, 'compared different': 1 } },
      weighed: { suspects: [{ place: 'bytes', chance: 0 }], undecided: [] },
    })
    expect([primary.requests(), candidate.requests()]).toEqual([3 + 2, 3 + 1])
  })

  test('never asks the primary twice at the same moment: its two answers would be alike in more than what was asked', async () => {
    let [open, most] = [0, 0]
    await using primary = await httpServer((_request, response) => {
      most = Math.max(most, ++open)
      setTimeout(() => response.end(`a ${String(--open)}`), 10)
    })
    await using candidate = await httpServer((_request, response) => response.end('b'))
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, askAgain: primary.url })
    await (await fetch(mirror.url)).text()
    expect(await mirror.close()).toMatchObject({ askedAgain: 1 })
    expect([primary.requests(), most]).toEqual([3, 1])
  })

  test('never sends again what would change something: such a difference counts as it is', async () => {
    await using primary = await httpServer((_request, response) => response.end('a'))
    await using candidate = await httpServer((_request, response) => response.end('b'))
    const cohort = { share: 1, by: { kind: 'address' }, allow: ['POST /*'] } as const
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, askAgain: primary.url, cohort })
    await (await fetch(mirror.url, { method: 'POST', body: 'x' })).text()
    expect(await mirror.close()).toMatchObject({ askedAgain: 0, weighed: { suspects: [{ place: 'bytes' }] } })
    expect([primary.requests(), candidate.requests()]).toEqual([1, 1])
  })

  test('asks nothing again beside a second primary, which tells more', async () => {
    await using primary = await httpServer((_request, response) => response.end('a'))
    await using candidate = await httpServer((_request, response) => response.end('b'))
    const servers = { primary: primary.url, secondary: primary.url, candidate: candidate.url }
    const mirror = await mirrored({ ...servers, askAgain: primary.url })
    for (let at = 0; at < 20; at++) await (await fetch(mirror.url)).text()
    expect(await mirror.close()).toMatchObject({ askedAgain: 0, weighed: { suspects: [{ place: 'bytes' }] } })
    expect(primary.requests()).toBe(40)
  })

  test('has seen enough of a candidate that answers without end', async () => {
    await using primary = await httpServer((_request, response) => response.end('a'))
    await using candidate = await httpServer((_request, response) => {
      const pour = (): void => void (response.destroyed || response.write('x'.repeat(65_536), pour))
      pour()
    })
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, askAgain: primary.url })
    await (await fetch(mirror.url)).text()
    const seen = await mirror.close()
    expect(seen).toMatchObject({ askedAgain: 1, weighed: { undecided: [] } })
    expect(seen.weighed.suspects.map(({ place }) => place)).toContain('bytes')
  })

  test('ends in time with a candidate that does not answer the second time', async () => {
    let times = 0
    await using primary = await httpServer((_request, response) => response.end('a'))
    await using candidate = await httpServer((_request, response) => void (times++ === 0 && response.end('b')))
    const mirror = await mirrored({ primary: primary.url, candidate: candidate.url, askAgain: primary.url })
    await (await fetch(mirror.url)).text()
    expect(await mirror.close()).toMatchObject({ askedAgain: 0, weighed: { suspects: [], undecided: ['bytes'] } })
  })
})
