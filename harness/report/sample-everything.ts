import { rfc } from '../kernel/index.ts'
import type { RecordedFinding, RecordedStep, RunRecord } from '../record/schema.ts'
import { hostileText, recordOf, sampleFinding, sampleStart, sampleStep, sampleTimeline } from './sample-record.ts'

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
    startedAt: sampleStart + 20,
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
    startedAt: sampleStart + 30,
    durationMs: 900,
    outcome: { kind: 'failed' },
    looked: ['http/range-satisfiable'],
    timeline: sampleTimeline({
      title: `promotion ${hostileText}`,
      marks: [
        ...sampleTimeline().marks,
        { at: 700, what: hostileText },
        { at: 800, what: `node-${'n'.repeat(200)} ${hostileText}`, kind: 'end' },
      ],
      spans: [...(sampleTimeline().spans ?? []), { from: -1204, to: 1790, what: `a phase ${hostileText}` }],
      facts: [...(sampleTimeline().facts ?? []), { what: hostileText, value: hostileText }],
    }),
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
    startedAt: sampleStart + 400,
    findings: [hsts('apache /page'), hsts('balancer /login')],
    durationMs: 33,
    timeline: sampleTimeline({ title: 'kill, semi-sync' }),
  }),
  sampleStep({
    id: 'http/server-header',
    subject: 'nginx /',
    startedAt: sampleStart + 600,
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
    startedAt: sampleStart + 2000,
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
      startedAt: sampleStart + 2000,
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
    startedAt: sampleStart + 700,
    durationMs: 0,
    skipped: 'TLS is not spoken here',
    outcome: { kind: 'skipped', why: 'TLS is not spoken here' },
  }),
]

/** Every outcome, every level, every excuse, hostile text, and a run that was ended from outside. */
export function sampleRecord(): RunRecord {
  return recordOf([...failedSteps, ...otherSteps], {
    state: 'interrupted',
    diagnosis: {
      down: 2,
      causes: [
        {
          thing: `mount:/data${hostileText} on db`,
          state: 'down',
          score: 0.667,
          explains: [{ thing: 'site:shop', state: 'could-not-look', via: [hostileText] }],
          against: ['service:cron.service on db'],
          evidence: [{ from: hostileText, line: `[FAILED] Failed to mount /data. ${'x'.repeat(500)} ${hostileText}` }],
        },
        { thing: 'host:db', state: 'not-looked-at', score: 0.6, explains: [], against: [], evidence: [] },
      ],
    },
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
