import { rfc } from '../kernel/index.ts'
import { recordVersion } from '../record/schema.ts'
import type { RecordedFinding, RecordedStep, RunRecord } from '../record/schema.ts'

/** Text that tries to leave its place in every format there is. */
export const hostileText =
  '\u001b[31mred\u0007 </script><script>globalThis.owned=1</script> <img src=x onerror="globalThis.owned=1"> ]]> & "quoted" \u202Eevil\u202C\n::error::forged\n##[add-path]/tmp `code` | *bold* [link](http://evil.invalid) @somebody \uD800 \uFFFE \u{1F6A2}'

const start = Date.UTC(2026, 10, 21, 3, 4, 5)

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

export function sampleStep(over: Partial<RecordedStep> = {}): RecordedStep {
  return {
    id: 'http/fields',
    subject: 'balancer /page',
    looked: ['http/age', 'http/cache-control'],
    findings: [],
    startedAt: start,
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
    startedAt: new Date(start).toISOString(),
    endedAt: new Date(start + 41_200).toISOString(),
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

const hsts = (subject: string): RecordedFinding =>
  sampleFinding({
    rule: 'http/hsts-absent',
    level: 'warning',
    place: 'response.fields',
    evidence: {},
    sentence: 'Strict-Transport-Security is not sent over TLS.',
    wants: 'Answers over TLS carry Strict-Transport-Security.',
    remedy: 'Send Strict-Transport-Security: max-age=31536000.',
    reference: rfc(6797, '7.1'),
    subject,
    blocks: false,
    replay: `seatrial http --only http/hsts`,
  })

const failedSteps: readonly RecordedStep[] = [
  sampleStep({
    outcome: { kind: 'failed' },
    findings: [
      sampleFinding(),
      sampleFinding({
        level: 'good',
        rule: 'http/etag-strong',
        sentence: 'The ETag is strong.',
        place: 'response.fields.etag',
        blocks: false,
      }),
    ],
    durationMs: 18,
    attachments: [
      { name: 'response-head.txt', contentType: 'text/plain', content: 'HTTP/1.1 200 OK\r\nAge: ten\r\n\r\n' },
    ],
  }),
  sampleStep({
    subject: 'nginx /page',
    startedAt: start + 20,
    outcome: { kind: 'failed' },
    findings: [
      sampleFinding({ subject: 'nginx /page' }),
      sampleFinding({
        subject: 'nginx /page',
        sentence: 'Age is "-1", not a whole number of seconds.',
        evidence: { value: '-1' },
      }),
      hsts('nginx /page'),
    ],
    durationMs: 240,
  }),
  sampleStep({
    id: 'http/range-satisfiable',
    subject: 'legacy /hostile',
    startedAt: start + 30,
    durationMs: 900,
    outcome: { kind: 'failed' },
    looked: ['http/range-satisfiable'],
    findings: [
      sampleFinding({
        rule: 'http/range-ignored',
        subject: `legacy /${hostileText}`,
        sentence: `Content-Range is "${hostileText}".`,
        place: `response.${hostileText}`,
        remedy: 'Answer 206 with the range that was asked for.',
        wants: 'A satisfiable range is answered with 206.',
        reference: { title: 'RFC 9110 section 14.2', url: 'javascript:globalThis.owned=1' },
        replay: `seatrial http 'http://127.0.0.1:8099/' --only http/range-satisfiable`,
      }),
    ],
  }),
]

const otherSteps: readonly RecordedStep[] = [
  sampleStep({
    subject: 'apache /page',
    startedAt: start + 400,
    findings: [hsts('apache /page'), hsts('balancer /login')],
    durationMs: 33,
  }),
  sampleStep({
    id: 'http/server-header',
    subject: 'nginx /',
    startedAt: start + 600,
    durationMs: 3,
    looked: ['http/server'],
    findings: [
      sampleFinding({
        rule: 'http/server-versioned',
        subject: 'nginx /',
        place: 'response.fields.server',
        sentence: 'Server is "nginx/1.22.1".',
        wants: 'Server names no version.',
        remedy: 'Set server_tokens off.',
        reference: rfc(9110, '10.2.4'),
        blocks: false,
        excuse: { kind: 'accepted', reason: 'internal network only', owner: 'ops', expires: '2027-01-31' },
      }),
      sampleFinding({
        rule: 'http/date-absent',
        subject: 'nginx /',
        place: 'response.fields',
        sentence: 'Date is not sent.',
        wants: 'A server with a clock sends Date.',
        remedy: 'Send Date.',
        reference: rfc(9110, '6.6.1'),
        blocks: false,
        excuse: { kind: 'baseline' },
      }),
      sampleFinding({
        rule: 'http/via-present',
        level: 'info',
        subject: 'nginx /',
        place: 'response.fields.via',
        sentence: 'Via names one hop.',
        blocks: false,
      }),
    ],
  }),
  sampleStep({
    id: 'boot/reboot',
    subject: 'host',
    startedAt: start + 2000,
    durationMs: 30_000,
    looked: [],
    outcome: {
      kind: 'unsettled',
      because: 'timeout',
      why: 'waited 30 s for "sshd is up", last saw:\nactivating (start)\nactivating (start)',
      mend: 'Look at the attached journal of sshd.',
    },
    unsettled: {
      because: 'timeout',
      why: 'waited 30 s for "sshd is up", last saw:\nactivating (start)\nactivating (start)',
      mend: 'Look at the attached journal of sshd.',
    },
  }),
  ...['db /promote', 'db /restore'].map((subject) =>
    sampleStep({
      id: 'replication/topology',
      subject,
      startedAt: start + 2000,
      durationMs: 0,
      looked: [],
      outcome: {
        kind: 'unsettled',
        because: 'unsupported',
        why: 'no container engine answers',
        mend: 'apt-get install docker.io',
      },
      unsettled: { because: 'unsupported', why: 'no container engine answers', mend: 'apt-get install docker.io' },
    }),
  ),
  sampleStep({
    id: 'http/tls',
    subject: 'legacy /',
    looked: [],
    startedAt: start + 700,
    durationMs: 0,
    skipped: 'TLS is not spoken here',
    outcome: { kind: 'skipped', why: 'TLS is not spoken here' },
  }),
]

/** Every outcome, every level, every excuse, hostile text, and a run that was ended from outside. */
export function sampleRecord(): RunRecord {
  return recordOf([...failedSteps, ...otherSteps], {
    state: 'interrupted',
    notes: [
      {
        kind: 'accept-expired',
        blocks: true,
        text: 'http/cookie-insecure at balancer /login: accepted by web until 2026-10-01',
      },
      { kind: 'accept-unused', blocks: false, text: 'http/vary-absent at apache /old hides nothing any more' },
    ],
  })
}

/** A large record: `steps` steps with `each` findings, of 40 rules on 300 subjects. */
export function largeRecord(steps: number, each: number): RunRecord {
  const numbers = Array.from({ length: steps }, (_, index) => index)
  return recordOf(
    numbers.map((index) =>
      sampleStep({
        subject: `web /page/${index % 300}`,
        startedAt: start + index * 40,
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
