import { rfc, rule, SeatrialError } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import type { Bench } from '../bench/open-bench.ts'

const gratuitous = rfc(5227, '3')

export const takeoverSlow = rule({
  id: 'loadbalancing/takeover-slow',
  level: 'error',
  reference: gratuitous,
  says: ({ gapMs, withinMs, answered }: { gapMs: number; withinMs: number; answered: boolean }) =>
    answered
      ? `For ${gapMs} ms nobody was answered while the address moved; ${withinMs} ms are allowed.`
      : `The second balancer took the address, and after ${gapMs} ms still nobody was answered.`,
  wants: 'An address that moves to another host is answered there within the time that is allowed.',
  remedy: 'Announce it: neighbours send to the old host until they hear a gratuitous ARP, as arping -U sends it.',
})

export const takeoverRefused = rule({
  id: 'loadbalancing/takeover-refused',
  level: 'error',
  reference: gratuitous,
  says: ({ command, exitCode, said }: { command: string; exitCode: number; said: string }) =>
    `"${command}" exits with ${exitCode}: ${said}`,
  wants: 'The command that takes the address takes it.',
  remedy: 'Try it by hand on the second balancer; it needs the right to change addresses (NET_ADMIN).',
})

export interface TakeoverSeen {
  readonly command: string
  readonly exitCode: number
  readonly said: string
  /** Longest time without an answer, milliseconds. */
  readonly gapMs: number
  /** Somebody was answered after the move. */
  readonly answered: boolean
  readonly withinMs: number
}

/**
 * The host of the balancer freezes, as one does whose disk hangs: its kernel still takes connections and keeps its address. A
 * second balancer takes the address, by the command of its operators.
 */
export const takeover = balancerProbe({
  id: 'loadbalancing/takeover',
  rules: [takeoverSlow, takeoverRefused],
  expects: ({ expect: { takeover: wanted } }) =>
    wanted === undefined ? notAsked('its address is not said to move (expect.takeover)') : { wanted },
  async gather(bench, { wanted }) {
    const { command, withinSeconds } = wanted
    const withinMs = withinSeconds * 1_000
    const address = bench.freeAddress()
    await using second = await bench.twin()
    const taken = await bench.balancer.run(command, address, 'eth0')
    if (taken.exitCode !== 0) return { command, ...taken, gapMs: 0, answered: false, withinMs }
    if (!(await answeredAt(bench, address, 1_000))) throw notAnswered(address)

    await bench.balancer.container.pause()
    const began = bench.clock.elapsed()
    try {
      const moved = await second.run(command, address, 'eth0')
      if (moved.exitCode !== 0) return { command, ...moved, gapMs: 0, answered: false, withinMs }
      // Each try is a new connection: one to the frozen host is taken by its kernel and never answered.
      let answered = false
      while (!answered && bench.clock.elapsed() - began < withinMs + 2_000) {
        answered = await answeredAt(bench, address, 300)
      }
      return { command, ...moved, gapMs: Math.round(bench.clock.elapsed() - began), answered, withinMs }
    } finally {
      await bench.balancer.container.resume()
    }
  },
  *run({ command, exitCode, said, gapMs, answered, withinMs }: TakeoverSeen) {
    if (exitCode !== 0) yield takeoverRefused.at('command', { command, exitCode, said })
    else if (!answered || gapMs > withinMs) yield takeoverSlow.at('answers', { gapMs, withinMs, answered })
  },
  examples: [
    { title: 'in time', given: sketch({ gapMs: 380 }), yields: [] },
    { title: 'late', given: sketch({ gapMs: 2_600 }), yields: [takeoverSlow] },
    { title: 'never', given: sketch({ gapMs: 7_000, answered: false }), yields: [takeoverSlow] },
    {
      title: 'not allowed to',
      given: sketch({ exitCode: 2, said: 'Operation not permitted' }),
      yields: [takeoverRefused],
    },
  ],
})

function sketch(given: Partial<TakeoverSeen>): TakeoverSeen {
  return { command: 'take-address', exitCode: 0, said: '', gapMs: 0, answered: true, withinMs: 2_000, ...given }
}

async function answeredAt(bench: Bench, host: string, deadlineMs: number): Promise<boolean> {
  using visitor = bench.visitor({ front: { ...bench.front, host }, deadlineMs })
  return (await visitor.ask()).status === 200
}

function notAnswered(address: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NOT_ANSWERED', `the balancer has taken ${address} and is not answered there`, {
    mend: 'Look at the command, and at the addresses that its configuration binds.',
    because: 'setup',
  })
}
