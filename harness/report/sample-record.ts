import { rfc } from '../kernel/index.ts'
import { recordVersion } from '../record/schema.ts'
import type { Timeline } from '../kernel/index.ts'
import type { RecordedFinding, RecordedStep, RunRecord } from '../record/schema.ts'

/** Text that tries to leave its place in every format there is. */
export const hostileText =
  '\u001b[31mred\u0007 </script><script>globalThis.owned=1</script> <img src=x onerror="globalThis.owned=1"> ]]> & "quoted" \u202Eevil\u202C\n::error::forged\n##[add-path]/tmp `code` | *bold* [link](http://evil.invalid) @somebody \uD800 \uFFFE \u{1F6A2}'

/** When the run of the samples began. */
export const sampleStart = Date.UTC(2026, 10, 21, 3, 4, 5)

export function sampleFinding(over: Partial<RecordedFinding> = {}): RecordedFinding {
  return {
    rule: 'http/age-not-integer',
    level: 'error',
    place: 'response.fields.age',
    evidence: { value: 'ten' },
    sentence: 'Age is "ten", not a whole number of seconds.',
    wants: 'Age is one non-negative whole number of seconds.',
    remedy: 'Send whole seconds in Age, or drop the field.',
    reference: rfc(9111, '5.1'),
    subject: 'balancer /page',
    replay: 'seatrial http http://127.0.0.1:8080/page --only http/age',
    blocks: true,
    ...over,
  }
}

export function sampleTimeline(over: Partial<Timeline> = {}): Timeline {
  return {
    title: 'links-cut, documents',
    unit: 'ms',
    marks: [
      { at: -1204, what: 'the links of node-1 to node-2, node-3 are cut' },
      { at: 0, what: 'node-1 is killed', kind: 'fault' },
      { at: 12, what: 'a client gets no answer to a write', kind: 'notice' },
      { at: 290, what: 'node-2 is primary' },
      { at: 300, what: 'clients are led to node-2', kind: 'change' },
      { at: 383, what: 'node-2 acknowledges its first write', kind: 'recovery' },
      { at: 1700, what: 'nothing moves any more, and the nodes differ', kind: 'end' },
      { at: 1790, what: 'every row of every node is read' },
    ],
    spans: [
      { from: 0, to: 383, what: 'write outage' },
      { from: 14, to: 300, what: 'promotion' },
    ],
    facts: [
      { what: 'RTO', value: '383 ms' },
      { what: 'RPO', value: '3 of 18563 acknowledged writes: 1.501, 1.502, 4.12' },
    ],
    ...over,
  }
}

export function sampleStep(over: Partial<RecordedStep> = {}): RecordedStep {
  return {
    id: 'http/fields',
    subject: 'balancer /page',
    looked: ['http/age', 'http/cache-control'],
    findings: [],
    startedAt: sampleStart,
    durationMs: 12,
    outcome: { kind: 'passed' },
    ...over,
  }
}

/** A record of nothing but the given steps, with a verdict that fits them. */
export function recordOf(steps: readonly RecordedStep[], over: Partial<RunRecord> = {}): RunRecord {
  const kinds = new Set(steps.map(({ outcome }) => outcome.kind))
  const verdict = kinds.has('failed')
    ? 'failed'
    : kinds.has('unsettled') || !kinds.has('passed')
      ? 'unsettled'
      : 'passed'
  return {
    version: recordVersion,
    id: '20261121-030405-sample',
    seatrial: '0.1.0',
    command: 'seatrial run --profile commit',
    profile: 'commit',
    seed: 42,
    startedAt: new Date(sampleStart).toISOString(),
    endedAt: new Date(sampleStart + 41_200).toISOString(),
    state: 'complete',
    machine: {
      os: 'linux',
      architecture: 'x64',
      cpus: 2,
      memoryBytes: 8 * 2 ** 30,
      node: '24.21.0',
      engine: '20.10.24',
    },
    gate: { block: 'error', budgets: {}, allow: [], accept: [], baseline: [] },
    stack: [
      { name: 'balancer', kind: 'container', description: 'seatrial-haproxy:3f2a' },
      { name: 'nginx', kind: 'container', description: 'seatrial-nginx:91bc' },
      { name: 'legacy', kind: 'url', description: 'http://127.0.0.1:8099' },
    ],
    steps: [...steps],
    notes: [],
    verdict,
    exitCode: { passed: 0, failed: 1, unsettled: 2 }[verdict],
    cost: { wallMs: 41_200, cpuMs: 18_400, peakMemoryBytes: 412 * 2 ** 20 },
    ...over,
  }
}

/** A large record: `steps` steps with `each` findings, of 40 rules on 300 subjects. */
export function largeRecord(steps: number, each: number): RunRecord {
  const numbers = Array.from({ length: steps }, (_, index) => index)
  return recordOf(
    numbers.map((index) =>
      sampleStep({
        subject: `web /page/${index % 300}`,
        startedAt: sampleStart + index * 40,
        durationMs: 35,
        outcome: { kind: 'failed' },
        findings: Array.from({ length: each }, (_, nth) =>
          sampleFinding({
            rule: `http/rule-${(index + nth) % 40}`,
            subject: `web /page/${index % 300}`,
            sentence: `Value ${index}.${nth} is not what was asked for.`,
            level: nth % 2 === 0 ? 'error' : 'warning',
            blocks: nth % 2 === 0,
          }),
        ),
      }),
    ),
  )
}
