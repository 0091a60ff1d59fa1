import { check, document, rule } from '../../kernel/index.ts'
import type { CascadeSeen } from '../time/cascade/seen.ts'

const leapDayOutage = document(
  'Summary of the Windows Azure service disruption on 29 February 2012',
  'https://azure.microsoft.com/en-us/blog/summary-of-windows-azure-service-disruption-on-feb-29th-2012/',
)

export const cascadeUnbounded = rule({
  id: 'boot/cascade-unbounded',
  level: 'error',
  reference: leapDayOutage,
  says: (e: { date: string; marked: number; hosts: number; threshold: number; lost: number; units: number }) =>
    `Agents fail to start on ${e.date}, and ${e.marked} of ${e.hosts} hosts were declared broken, where ${e.threshold} may be; ${e.lost} of ${e.units} units of work no longer run.`,
  wants: 'Healing stops at its threshold: hosts do not break in rows.',
  remedy: 'Count the hosts that were declared broken, and stop at a number that hardware does not reach in a day.',
})

export const cascadeResumed = rule({
  id: 'boot/cascade-resumed',
  level: 'error',
  reference: leapDayOutage,
  says: ({ hosts, after }: { hosts: string; after: string }) =>
    `It asked for a human ("${after}") and declared ${hosts} broken all the same.`,
  wants: 'Healing that has asked for a human touches nothing until somebody has looked.',
  remedy: 'End it, or let it wait for somebody to say that it may go on; keep the count over its own restarts.',
})

export const cascadeUnreported = rule({
  id: 'boot/cascade-unreported',
  level: 'error',
  reference: leapDayOutage,
  says: ({ failing, how }: { failing: string; how: string }) => `${failing} fail and no human was asked: it ${how}.`,
  wants: 'Healing that can do no more asks for a human.',
  remedy: 'Raise an alarm when the threshold is reached: POST $SEATRIAL_FLEET/investigate in the drill.',
})

const ends = {
  asked: 'asked',
  'all-marked': 'declared all hosts broken',
  gone: 'ended',
  deadline: 'stood still',
} as const satisfies Readonly<Record<CascadeSeen['end'], string>>

/** Healing while a fault goes along with the work that it moves. */
export const cascade = check({
  id: 'boot/cascade',
  rules: [cascadeUnbounded, cascadeResumed, cascadeUnreported],
  *run({ date, hosts, units, threshold, marked, markedAfterStop, asked, lost, failing, end }: CascadeSeen) {
    if (marked.length > threshold) {
      const evidence = { date, marked: marked.length, hosts, threshold, lost, units: hosts * units }
      yield cascadeUnbounded.at('marked', evidence)
    }
    if (markedAfterStop.length > 0)
      yield cascadeResumed.at('marked', { hosts: markedAfterStop.join(', '), after: asked ?? '' })
    if (asked === undefined && failing.length > 0)
      yield cascadeUnreported.at('asked', { failing: failing.join(', '), how: ends[end] })
  },
  examples: [
    { title: 'stops at the threshold and asks', given: leapDay({}), yields: [] },
    { title: 'asks at once', given: leapDay({ marked: [], lost: 4 }), yields: [] },
    {
      title: 'takes all hosts out of service',
      given: leapDay({ marked: names(8), asked: undefined, lost: 16, failing: [], end: 'all-marked' }),
      yields: [cascadeUnbounded],
    },
    {
      title: 'asks, and goes on',
      given: leapDay({ marked: names(3), markedAfterStop: ['host-3'], lost: 8 }),
      yields: [cascadeUnbounded, cascadeResumed],
    },
    {
      title: 'stops, and tells nobody',
      given: leapDay({ asked: undefined, end: 'gone' }),
      yields: [cascadeUnreported],
    },
  ],
})

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `host-${index + 1}`)
}

/** Eight hosts with two units each, of which two were declared broken before somebody was asked. */
function leapDay(seen: Partial<CascadeSeen>): CascadeSeen {
  return {
    date: '2024-02-29',
    hosts: 8,
    units: 2,
    threshold: 2,
    marked: names(2),
    markedAfterStop: [],
    asked: 'host-3 fails too',
    lost: 6,
    failing: ['host-3'],
    end: 'asked',
    ...seen,
  }
}
