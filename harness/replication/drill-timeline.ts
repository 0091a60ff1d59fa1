import type { Timeline, TimelineFact } from '../kernel/index.ts'
import { tokenText } from './ledger/token.ts'
import type { DrillObservation } from './observation.ts'
import type { Phase } from './phases.ts'
import type { ReadReport } from './readers.ts'

const idsShown = 20

/** The timeline of a drill as reports draw it: 0 ms is the fault. */
export function drillTimeline(seen: DrillObservation): Timeline {
  const { drill, procedure, building, timeline, phases = [], faultAt = 0 } = seen
  const since = (at: number): number => Math.round((at - faultAt) * 10) / 10
  return {
    title: [drill, procedure, ...(building === undefined ? [] : [building.id])].join(', '),
    unit: 'ms',
    marks: timeline.map(({ at, what, kind }) => ({ at: since(at), what, ...(kind !== undefined && { kind }) })),
    spans: [...phases, ...withoutReads(seen)].map(({ what, from, to }) => ({ what, from: since(from), to: since(to) })),
    facts: [...builtOf(seen), ...(seen.building?.failed === undefined ? factsOf(seen) : [])],
  }
}

/** Shorter ones are what any busy machine has between two reads. */
const shownMs = 50

function withoutReads({ reads }: DrillObservation): Phase[] {
  if (reads === undefined || reads.outageMs < shownMs) return []
  return [{ what: 'read outage', from: reads.outageFrom, to: reads.outageFrom + reads.outageMs }]
}

function readFacts({ outageMs, stale, staleAfterMs }: ReadReport): TimelineFact[] {
  const outage = { what: 'read outage', value: ms(outageMs) }
  if (staleAfterMs === undefined) return [outage]
  const writes = new Set(stale.map(({ write }) => write)).size
  return [
    outage,
    {
      what: 'stale reads',
      value: writes === 0 ? 'none' : `${writes} of the acknowledged writes ${writes === 1 ? 'was' : 'were'} missed`,
    },
  ]
}

const ms = (time: number): string => `${Math.round(time).toLocaleString('en-US')} ms`

/** How long each replica took to build, and how long clients wrote nothing for it. */
function builtOf({ building }: DrillObservation): TimelineFact[] {
  if (building === undefined) return []
  const facts = building.replicas.map(({ node, tookMs, stalledMs }) => ({
    what: `${node} built`,
    value: `in ${ms(tookMs)}; no write for ${ms(stalledMs)} meanwhile`,
  }))
  const { failed } = building
  return failed === undefined ? facts : [...facts, { what: `${failed.node} built`, value: `not: ${failed.why}` }]
}

function factsOf({ rtoMs, ledger, convergedMs, reads }: DrillObservation): TimelineFact[] {
  const shown = ledger.lost.slice(0, idsShown).map(tokenText).join(', ')
  const hidden = ledger.lost.length - idsShown
  const lost = `${ledger.lost.length} of ${ledger.acknowledged} acknowledged writes: ${shown}`
  return [
    { what: 'RTO', value: rtoMs === undefined ? 'none: no write was acknowledged again' : ms(rtoMs) },
    {
      what: 'RPO',
      value: ledger.lost.length === 0 ? 'nothing lost' : `${lost}${hidden > 0 ? ` and ${hidden} more` : ''}`,
    },
    ...(reads === undefined ? [] : readFacts(reads)),
    { what: 'replicas equal', value: convergedMs === undefined ? 'never' : `after ${ms(convergedMs)}` },
  ]
}
