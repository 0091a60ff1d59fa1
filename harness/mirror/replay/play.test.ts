import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../../kernel/index.ts'
import { manualClock, systemClock } from '../../kernel/index.ts'
import { inOrder } from './in-order.ts'
import type { PlayOptions, Played } from './play.ts'
import { play } from './play.ts'
import type { Recorded } from './traffic.ts'

const recorded = (target: string, at: number | undefined, more: Partial<Recorded> = {}): Recorded => ({
  is: 'request',
  where: target,
  asked: { method: 'GET', target, fields: [] },
  body: undefined,
  at,
  grain: 1,
  ms: undefined,
  connection: undefined,
  address: undefined,
  answer: 'no whole answer was recorded',
  ...more,
})

async function* each<T>(things: readonly T[]): AsyncGenerator<T> {
  yield* things
}

interface Sent {
  readonly target: string
  readonly ms: number
}

/** Plays requests and notes when each went out. */
async function played(
  requests: readonly Recorded[],
  options: Partial<PlayOptions> & { readonly clock: Clock; readonly answer?: (request: Recorded) => Promise<void> },
): Promise<{ readonly seen: Played; readonly sent: readonly Sent[]; readonly left: number }> {
  const sent: Sent[] = []
  let left = 0
  const began = options.clock.elapsed()
  const seen = await play(inOrder(each(requests), { most: 1_000, mostBytes: 2 ** 30, tooLate: () => undefined }), {
    speed: 1,
    inFlight: 100,
    laneOf: ({ connection }) => connection,
    async send(request) {
      sent.push({ target: request.asked.target, ms: options.clock.elapsed() - began })
      await options.answer?.(request)
    },
    left: () => void left++,
    signal: new AbortController().signal,
    ...options,
  })
  return { seen, sent, left }
}

test.for([
  [1, [0, 1_000, 1_250, 11_250]],
  [2, [0, 500, 625, 5_625]],
  [0.5, [0, 2_000, 2_500, 22_500]],
  [Number.POSITIVE_INFINITY, [0, 0, 0, 0]],
] as const)('at speed %s the pauses between requests are those of the file, scaled', async ([speed, wanted]) => {
  const file = [70_000, 71_000, 71_250, 81_250].map((at) => recorded(`/${at}`, at))
  const { sent, seen } = await played(file, { clock: manualClock(), speed })
  expect(sent.map(({ ms }) => ms)).toEqual(wanted)
  expect(seen).toMatchObject({ sent: 4, heldBack: 0, late: { p50: 0, max: 0 } })
})

test('requests that are written down in the order of their ends are played in that of their beginnings', async () => {
  const file = [recorded('/b', 20), recorded('/c', 30), recorded('/a', 10)]
  const { sent } = await played(file, { clock: manualClock() })
  expect(sent).toEqual([
    { target: '/a', ms: 0 },
    { target: '/b', ms: 10 },
    { target: '/c', ms: 20 },
  ])
})

test('those of one whole second are spread over it, and one without a time comes with the one before it', async () => {
  const file = [
    ...['/a', '/b', '/c', '/d'].map((target) => recorded(target, 5_000, { grain: 1_000 })),
    recorded('/e', 6_000, { grain: 1_000 }),
    recorded('/f', undefined),
  ]
  const { sent } = await played(file, { clock: manualClock() })
  expect(sent.map(({ ms }) => ms)).toEqual([0, 250, 500, 750, 1_000, 1_000])
})

test('one that is written down too late to be put in order is played at once, and counted', async () => {
  const late: string[] = []
  const file = [1, 2, 3, 4, 5].map((at) => recorded(`/${at}`, at * 10))
  const options = { most: 2, mostBytes: 2 ** 20, tooLate: ({ asked }: Recorded) => late.push(asked.target) }
  const found = await Array.fromAsync(inOrder(each([...file, recorded('/0', 0)]), options))
  expect(found.map(({ request, at }) => [request.asked.target, at])).toEqual([
    ['/1', 10],
    ['/2', 20],
    ['/3', 30],
    ['/0', 30],
    ['/4', 40],
    ['/5', 50],
  ])
  expect(late).toEqual(['/0'])
})

test('any file is put in order, whatever it holds back', async () => {
  const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(times, fc.integer({ min: 1, max: 250 }), async (all, most) => {
      const file = all.map((at, place) => recorded(`/${place}`, at))
      const found = await Array.fromAsync(inOrder(each(file), { most, mostBytes: 2 ** 30, tooLate: () => undefined }))
      expect(found.map(({ request }) => request.asked.target).toSorted()).toEqual(
        file.map(({ where }) => where).toSorted(),
      )
      expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted((a, b) => a - b))
      if (most < all.length) return
      expect(found.map(({ at }) => at)).toEqual(all.toSorted((a, b) => a - b))
    }),
  )
})

describe('a connection', () => {
  /** Answers in the order in which a test says so. */
  function answering() {
    const open = new Map<string, () => void>()
    return {
      answer: ({ asked }: Recorded) => new Promise<void>((resolve) => open.set(asked.target, resolve)),
      async end(target: string): Promise<void> {
        open.get(target)?.()
        // All that follows from an answer has happened once the event loop has come round.
        await new Promise((resolve) => setImmediate(resolve))
      },
    }
  }

  test('keeps its order however slow the answers are, and does not hold up others', async () => {
    const servers = answering()
    const one = { connection: 'one', ms: 5 }
    const file = [
      recorded('/1', 0, one),
      recorded('/2', 10, one),
      recorded('/x', 11, { connection: 'other' }),
      recorded('/3', 20, one),
    ]
    const sent: string[] = []
    const running = played(file, {
      clock: manualClock(),
      answer(request) {
        sent.push(request.asked.target)
        return servers.answer(request)
      },
    })
    await servers.end('')
    expect(sent).toEqual(['/1', '/x'])
    await servers.end('/1')
    expect(sent).toEqual(['/1', '/x', '/2'])
    await servers.end('/2')
    expect(sent).toEqual(['/1', '/x', '/2', '/3'])
    await servers.end('/3')
    await servers.end('/x')
    expect((await running).seen).toMatchObject({ sent: 4, heldBack: 1 })
  })

  test('has side by side again what ran side by side', async () => {
    const servers = answering()
    const one = { connection: 'one' }
    const file = [
      recorded('/1', 0, { ...one, ms: 100 }),
      recorded('/2', 10, { ...one, ms: 100 }),
      recorded('/3', 105, one),
    ]
    const sent: string[] = []
    const running = played(file, {
      clock: manualClock(),
      answer(request) {
        sent.push(request.asked.target)
        return servers.answer(request)
      },
    })
    await servers.end('')
    expect(sent).toEqual(['/1', '/2'])
    await servers.end('/1')
    expect(sent).toEqual(['/1', '/2', '/3'])
    await servers.end('/2')
    await servers.end('/3')
    expect((await running).seen.sent).toBe(3)
  })

  test('keeps its order at any speed, with any answers', async () => {
    const request = fc.record({ at: fc.nat(1_000), connection: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(5) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 40 }),
        fc.constantFrom(1, 7, Number.POSITIVE_INFINITY),
        async (all, speed) => {
          const file = all.map(({ at, connection }, place) => recorded(`/${place}`, at, { connection }))
          const order: string[] = []
          await played(file, {
            clock: manualClock(),
            speed,
            async answer({ where }) {
              order.push(where)
              for (let turn = all[Number(where.slice(1))]?.turns ?? 0; turn > 0; turn--) await Promise.resolve()
            },
          })
          const of = (name: string, list: readonly string[]): readonly string[] =>
            list.filter((where) => all[Number(where.slice(1))]?.connection === name)
          const inTime = file.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ where }) => where)
          for (const name of ['a', 'b', 'c']) expect(of(name, order)).toEqual(of(name, inTime))
        },
      ),
    )
  })
})

test('no more are under way than there are connections, and lateness is told', async () => {
  let [open, most] = [0, 0]
  const clock = manualClock()
  const file = Array.from({ length: 20 }, (_, at) => recorded(`/${at}`, at))
  const { seen } = await played(file, {
    clock,
    inFlight: 3,
    async answer() {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setImmediate(resolve))
      clock.advance(100)
      open--
    },
  })
  expect(most).toBe(3)
  expect(seen.late.max).toBeGreaterThan(500)
  expect(seen.late.p50).toBeGreaterThan(200)
})

test('what has not been sent when it is ended is counted', async () => {
  const stop = new AbortController()
  const file = Array.from({ length: 10 }, (_, at) => recorded(`/${at}`, at, { connection: 'one' }))
  const { seen, left } = await played(file, {
    clock: manualClock(),
    signal: stop.signal,
    answer: async ({ where }) => (where === '/3' ? stop.abort() : undefined),
  })
  expect(seen.sent).toBe(4)
  expect(left).toBeGreaterThan(0)
})

test('with a real clock the requests go out on time', async () => {
  const file = Array.from({ length: 50 }, (_, at) => recorded(`/${at}`, at * 10))
  const { sent } = await played(file, { clock: systemClock, speed: 2 })
  // Both ends of a pause are rounded to whole milliseconds, and so is the timer between them.
  for (const [place, { ms }] of sent.entries()) expect(ms).toBeGreaterThanOrEqual(place * 5 - 3)
  expect(sent.at(-1)?.ms).toBeLessThan(245 + 1_000)
})
