import { z } from 'zod'
import { levels, markKinds, unsettledKinds } from '../kernel/index.ts'
import type {
  Finding,
  Json,
  JsonObject,
  LocatedFinding,
  Outcome,
  RuleId,
  StepReport,
  Things,
  Timeline,
} from '../kernel/index.ts'

/**
 * The run record: everything that a run has to say, as plain data. Every report is made from
 * it. Fields are only added within a version; a change of meaning is a new version.
 */
export const recordVersion = 1

const id = z.custom<RuleId>((value) => typeof value === 'string' && /^[a-z0-9-]+\/[a-z0-9-/]+$/.test(value), {
  error: 'an id such as http/age',
})
const json: z.ZodType<Json> = z.json()
const evidence: z.ZodType<JsonObject> = z.record(z.string(), json)
const reference = z.strictObject({ title: z.string(), url: z.string() })
const unsettled = z.strictObject({ because: z.enum(unsettledKinds), why: z.string(), mend: z.string() })

const finding = z.strictObject({
  rule: id,
  level: z.enum(levels),
  place: z.string(),
  evidence,
  sentence: z.string(),
  wants: z.string(),
  remedy: z.string(),
  reference,
  about: z.exactOptional(z.string()),
  inherent: z.exactOptional(z.literal(true)),
})

/** Why a finding that would block does not. */
const excuse = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted'), reason: z.string(), owner: z.string(), expires: z.string() }),
  z.strictObject({ kind: z.literal('baseline') }),
])

const locatedFinding = finding.extend({ subject: z.string(), replay: z.string() })
const judgedFinding = locatedFinding.extend({ blocks: z.boolean(), excuse: excuse.optional() })

const attachment = z.strictObject({ name: z.string(), contentType: z.string(), content: z.string() })

/** Moments and phases of a step, in milliseconds. */
const timeline = z.strictObject({
  title: z.string(),
  unit: z.literal('ms'),
  marks: z
    .array(z.strictObject({ at: z.number(), what: z.string(), kind: z.exactOptional(z.enum(markKinds)) }))
    .readonly(),
  spans: z.exactOptional(z.array(z.strictObject({ from: z.number(), to: z.number(), what: z.string() })).readonly()),
  facts: z.exactOptional(z.array(z.strictObject({ what: z.string(), value: z.string() })).readonly()),
})

const names = z.array(z.string()).readonly()

/** What a step knows of things and what they need. */
const things = z.strictObject({
  needs: z.exactOptional(z.record(z.string(), names).readonly()),
  asked: z.exactOptional(names),
})

/** Outcomes in a record carry no findings: the step beside them has them. */
const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('failed') }),
  unsettled.extend({ kind: z.literal('unsettled') }),
  z.strictObject({ kind: z.literal('passed') }),
  z.strictObject({ kind: z.literal('skipped'), why: z.string() }),
])

const step = z.strictObject({
  id,
  subject: z.string(),
  looked: z.array(id),
  findings: z.array(locatedFinding),
  unsettled: unsettled.optional(),
  skipped: z.string().optional(),
  startedAt: z.number(),
  durationMs: z.number(),
  attachments: z.array(attachment).optional(),
  timeline: z.exactOptional(timeline),
  things: z.exactOptional(things),
})

const judgedStep = step.omit({ findings: true }).extend({ findings: z.array(judgedFinding), outcome })

/** Acceptance of one finding or many, by somebody, until a day. `subject` and `place` take `*`. */
export const acceptEntry = z.strictObject({
  rule: z.string().min(1).describe('Rule id, such as http/server-versioned'),
  subject: z.string().default('*').describe('Where: a subject as reports print it; * stands for anything'),
  place: z.string().default('*').describe('Place inside the subject; * stands for anything'),
  reason: z.string().min(1).describe('Why this may stay'),
  owner: z.string().min(1).describe('Who answers for it'),
  expires: z.iso.date().describe('Last day on which this holds, YYYY-MM-DD'),
})

/** The gate's policy as it was when the run was judged. */
const gatePolicy = z.strictObject({
  block: z.enum(['error', 'warning', 'info']),
  /** Findings of each level that may be there before the gate closes, beyond what is excused. */
  budgets: z.strictObject({ error: z.int().min(0), warning: z.int().min(0), info: z.int().min(0) }).partial(),
  /** Unsettled kinds that only warn. */
  allow: z.array(z.enum(unsettledKinds)),
  accept: z.array(acceptEntry),
  /** Fingerprints that were there before. */
  baseline: z.array(z.string()),
})

/** What a thing needs, and which findings say that it is down besides those that name it themselves; `*` stands for anything. */
const dependency = z.strictObject({
  needs: names,
  seen: z.exactOptional(
    z.array(z.strictObject({ rule: z.string(), subject: z.string(), place: z.string() })).readonly(),
  ),
})

/** What stands behind several things that are down: made when the run is judged, the most likely first. */
const cause = z.strictObject({
  thing: z.string(),
  state: z.enum(['down', 'could-not-look', 'not-looked-at']),
  /** 0 to 1. */
  score: z.number(),
  /** What needs it, and is down or could not be looked at; `via` what lies between the two, the nearest to the cause first. */
  explains: z.array(
    z.strictObject({ thing: z.string(), state: z.enum(['down', 'could-not-look']), via: z.array(z.string()) }),
  ),
  /** What needs it, and is up all the same. */
  against: z.array(z.string()),
  evidence: z.array(z.strictObject({ from: z.string(), line: z.string() })),
})

const diagnosis = z.strictObject({
  /** How many things are down. */
  down: z.int(),
  causes: z.array(cause),
})

const gateNote = z.strictObject({
  kind: z.enum([
    'accept-expired',
    'accept-unused',
    'baseline-unused',
    'allowed-unsettled',
    'over-budget',
    'looked-at-nothing',
    'not-kept',
  ]),
  blocks: z.boolean(),
  text: z.string(),
})

const machine = z.strictObject({
  os: z.string(),
  architecture: z.string(),
  cpus: z.int(),
  memoryBytes: z.number(),
  node: z.string(),
  engine: z.string().nullable(),
})

const part = z.strictObject({ name: z.string(), kind: z.enum(['container', 'url']), description: z.string() })

/** What the run itself cost: this process and its children, and the containers' processors. */
const cost = z.strictObject({
  wallMs: z.number(),
  cpuMs: z.number(),
  peakMemoryBytes: z.number(),
})

const head = z.strictObject({
  version: z.literal(recordVersion),
  id: z.string(),
  seatrial: z.string(),
  command: z.string(),
  profile: z.string(),
  seed: z.int(),
  startedAt: z.iso.datetime(),
  machine,
  gate: gatePolicy,
  /** What things need, as the configuration says, by name. */
  depends: z.exactOptional(z.record(z.string(), dependency).readonly()),
  /** Which part of a run that was spread over several machines this is; counted from 1. */
  shard: z.strictObject({ index: z.int().min(1), count: z.int().min(1) }).optional(),
})

export const runRecord = head.extend({
  /** `interrupted`: the run was ended from outside and the record holds what it had got to. */
  state: z.enum(['complete', 'interrupted']),
  endedAt: z.iso.datetime(),
  stack: z.array(part),
  steps: z.array(judgedStep),
  notes: z.array(gateNote),
  diagnosis: z.exactOptional(diagnosis),
  verdict: z.enum(['passed', 'failed', 'unsettled']),
  exitCode: z.int(),
  cost,
})

/** One line of the journal, from which the record is made, also after a kill. */
export const journalEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('start'), head }),
  z.strictObject({ event: z.literal('stack'), parts: z.array(part) }),
  z.strictObject({ event: z.literal('step'), step }),
  z.strictObject({
    event: z.literal('end'),
    state: z.enum(['complete', 'interrupted']),
    endedAt: z.iso.datetime(),
    cost,
  }),
])

export type RunRecord = z.infer<typeof runRecord>
export type RunHead = z.infer<typeof head>
export type RecordedStep = z.infer<typeof judgedStep>
export type RecordedFinding = z.infer<typeof judgedFinding>
export type GatePolicy = z.infer<typeof gatePolicy>
export type GateNote = z.infer<typeof gateNote>
export type Depends = NonNullable<RunHead['depends']>
export type Diagnosis = z.infer<typeof diagnosis>
export type LikelyCause = z.infer<typeof cause>
export type AcceptEntry = z.infer<typeof acceptEntry>
export type JournalEvent = z.infer<typeof journalEvent>
export type RecordedPart = z.infer<typeof part>
export type RunCost = z.infer<typeof cost>
export type MachineFacts = z.infer<typeof machine>

// The schema and the kernel say the same thing in two ways; the compiler holds them together.
type Same<A, B extends A> = B
export type SchemaMatchesKernel = [
  Same<Finding, z.infer<typeof finding>>,
  Same<LocatedFinding, z.infer<typeof locatedFinding>>,
  Same<Pick<StepReport, 'id' | 'subject' | 'looked'>, z.infer<typeof step>>,
  Same<Timeline, z.infer<typeof timeline>>,
  Same<Things, z.infer<typeof things>>,
  Same<Outcome['kind'], z.infer<typeof outcome>['kind']>,
]
