import { isDeepStrictEqual } from 'node:util'
import { SeatrialError, UsageError } from '../kernel/index.ts'
import type { RunRecord } from '../record/index.ts'
import { judgeAgain } from './complete.ts'

type Records = readonly [RunRecord, ...RunRecord[]]

/**
 * One record of several: the parts of a run that was spread over machines. Steps, stack and
 * costs are joined and judged anew, because budgets and the accept-list count over the whole.
 * The machine is the first record's.
 *
 * @throws UsageError for records that do not belong together
 * @throws SeatrialError `SEATRIAL_SHARD_MISSING` (could not look) when a part of the run is missing
 */
export function mergeRecords(records: Records): RunRecord {
  demandAlike(records)
  demandShards(records)
  const ordered = records.toSorted((a, b) => (a.shard?.index ?? 0) - (b.shard?.index ?? 0))
  const started = Math.min(...records.map((record) => Date.parse(record.startedAt)))
  const ended = Math.max(...records.map((record) => Date.parse(record.endedAt)))
  const parts = new Map(ordered.flatMap((record) => record.stack).map((part) => [part.name, part]))
  const { shard: _, ...first } = ordered[0] ?? records[0]
  const whole: RunRecord = {
    ...first,
    id: `${first.id}-merged`,
    command: [...new Set(ordered.map((record) => record.command))].join(' + '),
    startedAt: new Date(started).toISOString(),
    endedAt: new Date(ended).toISOString(),
    state: records.some((record) => record.state === 'interrupted') ? 'interrupted' : 'complete',
    stack: [...parts.values()],
    steps: ordered.flatMap((record) => record.steps),
    cost: {
      wallMs: ended - started,
      cpuMs: records.reduce((sum, record) => sum + record.cost.cpuMs, 0),
      peakMemoryBytes: Math.max(...records.map((record) => record.cost.peakMemoryBytes)),
    },
  }
  return judgeAgain(whole, whole.gate, new Date(ended))
}

function demandAlike(records: Records): void {
  const [first, ...others] = records
  for (const other of others) {
    for (const key of ['seatrial', 'profile', 'gate', 'depends'] as const) {
      if (isDeepStrictEqual(other[key], first[key])) continue
      throw new UsageError({
        path: `run ${other.id}: ${key}`,
        given: short(other[key]),
        wanted: `the same as run ${first.id}: ${short(first[key])}`,
        mend: 'Merge only runs of one version, one profile and one policy.',
      })
    }
  }
  const twice = records.find(
    (record, index) =>
      records.findIndex((other) => other.id === record.id && other.shard?.index === record.shard?.index) !== index,
  )
  if (twice === undefined) return
  throw new UsageError({ path: `run ${twice.id}`, given: 'the same run twice', wanted: 'every run once' })
}

function demandShards(records: Records): void {
  const shards = records.flatMap((record) => (record.shard === undefined ? [] : [record.shard]))
  const count = shards[0]?.count
  if (count === undefined) return
  const odd = records.find((record) => record.shard?.count !== count)
  if (odd !== undefined) {
    throw new UsageError({
      path: `run ${odd.id}: shard`,
      given: odd.shard === undefined ? 'a run that is no shard' : `shard ${odd.shard.index} of ${odd.shard.count}`,
      wanted: `a shard of ${count}, like the others`,
    })
  }
  const there = shards.map((shard) => shard.index)
  const twice = there.find((index, at) => there.indexOf(index) !== at)
  if (twice !== undefined) {
    throw new UsageError({ path: `shard ${twice} of ${count}`, given: 'two records', wanted: 'one record a shard' })
  }
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !there.includes(index))
  if (missing.length === 0) return
  throw new SeatrialError('SEATRIAL_SHARD_MISSING', `shard ${missing.join(', ')} of ${count} is missing`, {
    mend: 'Find out why it left no record; what it should have looked at is unknown.',
    because: 'prerequisite',
  })
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}
