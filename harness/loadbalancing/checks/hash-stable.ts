import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { askEach, byServer } from '../bench/ask-each.ts'
import { untilBack, untilOut, withOutages } from '../bench/health.ts'
import { regulars } from '../bench/pool.ts'
import { served } from '../bench/served.ts'
import { settled } from '../bench/settled.ts'
import type { Visit } from '../bench/visitor.ts'
import { haproxyManual } from '../references.ts'

const keys = 100
/** Of what the lost server had. */
const bearable = 1.2
const returnMs = 5_000

export const hashStableWavering = rule({
  id: 'loadbalancing/hash-stable-wavering',
  level: 'error',
  reference: haproxyManual('4.2-balance'),
  says: ({ wavering, asked }: { wavering: number; asked: number }) =>
    `${wavering} of ${asked} were answered by another server when they were asked again.`,
  wants: 'What is the same goes to the same server.',
  remedy: 'Choose the server by what is expected: balance uri, balance url_param NAME, balance hdr(NAME).',
})

export const hashStableMoved = rule({
  id: 'loadbalancing/hash-stable-moved',
  level: 'error',
  reference: haproxyManual('4.2-hash-type'),
  says: ({ lost, own, moved, asked }: { lost: string; own: number; moved: number; asked: number }) =>
    `${lost} had ${own} of ${asked}, and ${moved} went to another server when it died.`,
  wants: 'When a server dies, what it had moves, and the rest stays: at most 1.2 times as much moves as it had.',
  remedy: 'Let servers keep what they have: hash-type consistent.',
})

export const hashStableAstray = rule({
  id: 'loadbalancing/hash-stable-astray',
  level: 'error',
  reference: haproxyManual('4.2-hash-type'),
  says: ({ lost, astray, asked }: { lost: string; astray: number; asked: number }) =>
    `${astray} of ${asked} are not at their first server, ${returnMs / 1_000} s after ${lost} came back.`,
  wants: 'When the server is back, everything is where it was.',
  remedy: 'Choose servers by the hash alone, and give each a fixed place in it: id N on the server line.',
})

export interface HashStableSeen {
  readonly lost: string
  readonly asked: number
  /** Those that another server answered when they were asked again, with nothing changed in between. */
  readonly wavering: number
  /** How many the server that was lost had. */
  readonly own: number
  /** Those that another server answered while it was lost. */
  readonly moved: number
  /** Those that another server answered when it was back. */
  readonly astray: number
}

/** The same is asked again and again: with nothing changed, with a server gone, and with it back. */
export const hashStable = balancerProbe({
  id: 'loadbalancing/hash-stable',
  rules: [hashStableWavering, hashStableMoved, hashStableAstray],
  expects: ({ expect: { stableBy, gentleSeconds = 0 } }) =>
    stableBy === undefined
      ? notAsked('servers are not chosen by what is asked (expect.stableBy)')
      : { stableBy, gentleSeconds },
  async gather(bench, { stableBy, gentleSeconds }) {
    await regulars(bench, 2)
    const visits = Array.from({ length: keys }, (_, key) => visitOf(bench.target.path, stableBy, `key-${key}`))
    const where = async (): Promise<readonly string[]> =>
      (await askEach(bench, visits)).map((one) => served(one).server)
    const before = await withOutages(bench, 0, async () => ({ first: await where(), again: await where() }))
    const { first } = before
    const [lost, own] = fullest(byServer(first.map((server) => ({ server }))))
    const after = await withOutages(bench, 1, async () => {
      await bench.behave({ [lost]: { listening: false } })
      await untilOut(bench, [lost])
      const gone = await where()
      await bench.behave({})
      await untilBack(bench, lost, visits[first.indexOf(lost)])
      const back = await settled(where, (now) => different(first, now) === 0, {
        withinMs: returnMs + gentleSeconds * 1_000,
        bench,
      })
      return { gone, back }
    })
    return {
      lost,
      own,
      asked: keys,
      wavering: different(first, before.again),
      moved: different(first, after.gone),
      astray: different(first, after.back),
    }
  },
  *run({ lost, asked, wavering, own, moved, astray }: HashStableSeen) {
    if (wavering > 0) yield hashStableWavering.at('again', { wavering, asked })
    else if (moved > own * bearable) yield hashStableMoved.at(lost, { lost, own, moved, asked })
    else if (astray > 0) yield hashStableAstray.at(lost, { lost, astray, asked })
  },
  examples: [
    {
      title: 'only what the lost server had',
      given: { lost: 'tiles/two', asked: 100, wavering: 0, own: 25, moved: 25, astray: 0 },
      yields: [],
    },
    {
      title: 'chosen in turn',
      given: { lost: 'tiles/two', asked: 100, wavering: 74, own: 25, moved: 73, astray: 76 },
      yields: [hashStableWavering],
    },
    {
      title: 'dealt anew when one is missing',
      given: { lost: 'tiles/two', asked: 100, wavering: 0, own: 25, moved: 76, astray: 0 },
      yields: [hashStableMoved],
    },
    {
      title: 'stayed where it had moved to',
      given: { lost: 'tiles/two', asked: 100, wavering: 0, own: 25, moved: 25, astray: 25 },
      yields: [hashStableAstray],
    },
  ],
})

function visitOf(path: string, stableBy: string, key: string): Visit {
  const [by, name = ''] = stableBy.split(/:(.*)/s)
  if (by === 'field') return { fields: { [name]: key } }
  if (by === 'parameter') return { path: `${path}${path.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=${key}` }
  return { path: `${path}${path.endsWith('/') ? '' : '/'}${key}` }
}

function different(one: readonly string[], other: readonly string[]): number {
  return one.filter((server, at) => server !== other[at]).length
}

function fullest(counts: Readonly<Record<string, number>>): readonly [server: string, count: number] {
  return Object.entries(counts).toSorted(([, a], [, b]) => b - a)[0] ?? ['none', 0]
}
