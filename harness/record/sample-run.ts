import type { LocatedFinding, StepReport } from '../kernel/index.ts'
import { rfc } from '../kernel/index.ts'
import type { GatePolicy, RunHead } from './schema.ts'

/** Small, valid pieces of a run, for the tests of whoever reads or writes one. */
export const samplePolicy: GatePolicy = { block: 'error', budgets: {}, allow: [], accept: [], baseline: [] }

export function sampleHead(changes: Partial<RunHead> = {}): RunHead {
  return {
    version: 1,
    id: '2026-11-21T09-48-23Z-a1b2',
    seatrial: '0.1.0',
    command: 'seatrial run',
    profile: 'commit',
    seed: 1,
    startedAt: '2026-11-21T09:48:23.000Z',
    machine: { os: 'Linux 6.1', architecture: 'x86_64', cpus: 2, memoryBytes: 1e9, node: 'v24.21.0', engine: null },
    gate: samplePolicy,
    ...changes,
  }
}

export function sampleFinding(changes: Partial<LocatedFinding> = {}): LocatedFinding {
  return {
    rule: 'http/age-not-integer',
    level: 'error',
    place: 'response.fields.age',
    evidence: { value: 'ten' },
    sentence: 'Age is "ten".',
    wants: 'Age is a whole number of seconds.',
    remedy: 'Send whole seconds.',
    reference: rfc(9111, '5.1'),
    subject: 'balancer /page',
    replay: 'seatrial http http://127.0.0.1/page --only http/age',
    ...changes,
  }
}

/** A step whose one check looked and found what is given. */
export function sampleStep(changes: Partial<StepReport> = {}): StepReport {
  return {
    id: 'http/fields',
    subject: 'balancer /page',
    looked: ['http/age'],
    findings: [],
    startedAt: 1_795_254_503_000,
    durationMs: 12,
    ...changes,
  }
}
