import { rule, SeatrialError, waitFor } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { untilBack, untilOut, withOutages } from '../bench/health.ts'
import type { Loaded } from '../bench/load.ts'
import { startLoad } from '../bench/load.ts'
import type { Bench } from '../bench/open-bench.ts'
import { oneOfSeveral } from '../bench/pool.ts'
import { haproxyManual } from '../references.ts'

const visitors = 12
const answerMs = 20
/** Of the time: what is looked at for the beginning, and where the end begins, as weights rise in steps. */
const [beginning, end] = [0.25, 1.25]
const [fewest, enough] = [8, 100]
/** The beginning's share may be this part of the last one: half the weight is two thirds of the share of one of two. */
const gentle = 0.6

export const gentleReturnSudden = rule({
  id: 'loadbalancing/gentle-return-sudden',
  level: 'error',
  reference: haproxyManual('5.2-slowstart'),
  says: ({ server, first, last, seconds }: { server: string; first: Part; last: Part; seconds: number }) =>
    `${server} comes back, and gets ${first.got} of ${first.asked} requests in the first ${beginning * seconds} s, ` +
    `and ${last.got} of ${last.asked} after ${seconds} s.`,
  wants:
    'The share of a server that comes back rises over the expected time: in its first quarter it is at most 0.6 of the last.',
  remedy: 'Let its weight rise slowly: slowstart on the server line.',
})

export const gentleReturnLost = rule({
  id: 'loadbalancing/gentle-return-lost',
  level: 'error',
  reference: haproxyManual('5.2-slowstart'),
  says: ({ server, asked, seconds }: { server: string; asked: number; seconds: number }) =>
    `${server} came back, and gets none of ${asked} requests after ${seconds} s.`,
  wants: 'A server that comes back has visitors again when the expected time is over.',
  remedy: 'Let slowstart end within the expected time.',
})

/** Of so many requests, those that it got. */
type Part = Readonly<Record<'asked' | 'got', number>>

export interface GentleReturnSeen {
  readonly server: string
  readonly seconds: number
  readonly first: Part
  readonly last: Part
}

/** Under load a server goes, is taken out, and comes back: what it gets at once, and what in the end. */
export const gentleReturn = balancerProbe({
  id: 'loadbalancing/gentle-return',
  rules: [gentleReturnSudden, gentleReturnLost],
  expects: ({ expect: { gentleSeconds: seconds } }) =>
    seconds === undefined ? notAsked('servers may return at once (expect.gentleSeconds)') : { seconds },
  async gather(bench, { seconds }) {
    const { server } = await oneOfSeveral(bench)
    const slow = Object.fromEntries(bench.setup.servers.map(({ id }) => [id, { delayMs: answerMs }]))
    return withOutages(bench, 1, async () => {
      await bench.behave({ ...slow, [server]: { listening: false } })
      await untilOut(bench, [server])
      await using load = startLoad(bench, { visitors })
      await bench.behave(slow)
      await untilBack(bench, server)
      const back = bench.clock.elapsed()
      const late = (): readonly Loaded[] => load.answers.filter(({ at }) => at - back > end * seconds * 1_000)
      await untilEnough(bench, late, seconds)
      const answers = await load.end()
      const early = answers.filter(({ at }) => at >= back && at - back < beginning * seconds * 1_000)
      if (early.length < fewest) throw tooFew(early.length)
      return { server, seconds, first: partOf(early, server), last: partOf(late(), server) }
    })
  },
  *run({ server, seconds, first, last }: GentleReturnSeen) {
    if (last.got === 0) yield gentleReturnLost.at(server, { server, asked: last.asked, seconds })
    else if (first.got / first.asked > gentle * (last.got / last.asked)) {
      yield gentleReturnSudden.at(server, { server, first, last, seconds })
    }
  },
  examples: [
    {
      title: 'few at first, its share in the end',
      given: { server: 'app/a', seconds: 2, first: { asked: 120, got: 9 }, last: { asked: 120, got: 90 } },
      yields: [],
    },
    {
      title: 'its share at once',
      given: { server: 'app/a', seconds: 2, first: { asked: 120, got: 88 }, last: { asked: 120, got: 90 } },
      yields: [gentleReturnSudden],
    },
    {
      title: 'never again anything',
      given: { server: 'app/a', seconds: 2, first: { asked: 120, got: 0 }, last: { asked: 120, got: 0 } },
      yields: [gentleReturnLost],
    },
  ],
})

function partOf(answers: readonly Loaded[], server: string): Part {
  return { asked: answers.length, got: answers.filter((one) => one.server === server).length }
}

async function untilEnough({ signal }: Bench, late: () => readonly Loaded[], seconds: number): Promise<void> {
  await waitFor(
    `${enough} answers after ${end * seconds} s`,
    () => {
      const count = late().length
      return count < enough ? { seen: String(count) } : { done: true }
    },
    { deadlineMs: 30_000 + end * seconds * 1_000, signal },
  )
}

function tooFew(answers: number): SeatrialError {
  return new SeatrialError('SEATRIAL_TOO_BUSY', `only ${answers} requests were answered right after the return`, {
    mend: 'Give the machine less to do, or the return more time: expect.gentleSeconds.',
    because: 'timeout',
  })
}
