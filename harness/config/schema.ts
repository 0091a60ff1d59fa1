import { z } from 'zod'
import { unsettledKinds } from '../kernel/index.ts'
import { stackSpec } from '../stack/spec.ts'
import { isAllowEntry } from './allow.ts'

/** Schemas of the slices' sections, by slice id. */
export type SectionSchemas = Readonly<Record<string, z.ZodType>>

const budget = z.int().min(0)

const gateFields = {
  block: z
    .enum(['error', 'warning', 'info'])
    .meta({ description: 'Findings of this level and graver ones close the gate; error when left out' }),
  budgets: z
    .strictObject({
      error: budget.meta({ description: 'How many errors may stay' }),
      warning: budget.meta({ description: 'How many warnings may stay' }),
      info: budget.meta({ description: 'How many findings of level info may stay' }),
    })
    .partial()
    .meta({ description: 'How many findings of a level may stay before the gate closes, whatever `block` says of it' }),
  allow: z.array(z.enum(unsettledKinds)).meta({ description: 'Kinds of "could not look" that only warn' }),
  accept: z.string().min(1).meta({ description: 'File of findings that may stay: reason, owner, last day' }),
  baseline: z.string().min(1).meta({ description: 'File of findings that were there before' }),
}

// Without defaults, because a profile lays the same shape over the first one.
const gate = z.strictObject(gateFields).partial()

const network = z.strictObject({
  allow: z
    .array(
      z
        .string()
        .refine(isAllowEntry, { error: 'a host such as "cache.test:8080" or an origin such as "https://cache.test"' }),
    )
    .default([])
    .meta({ description: 'Hosts and origins that may be asked, beyond loopback and the stack itself' }),
})

const reports = z.strictObject({
  folder: z
    .string()
    .min(1)
    .default('reports')
    .meta({ description: 'Where runs leave their files, from the working directory' }),
  formats: z.array(z.string().min(1)).optional().meta({ description: 'Reports to write; all when left out' }),
})

const thing = z.string().regex(/^[a-z][a-z0-9-]*:\S(?:.*\S)?$/, {
  error: 'the name of a thing, its kind first, such as "mount:/data", "service:nginx.service" or "site:shop"',
})

const needs = z.array(thing).meta({ description: 'What must be up before it can be' })

const anything = z.string().min(1).default('*')

/** A list is the short way to write needs alone; `at` is where they stand, for whoever complains of one. */
const dependency = z.union([
  needs.transform((list) => ({ needs: list, seen: undefined, at: [] as readonly string[] })),
  z
    .strictObject({
      needs: needs.default([]),
      seen: z
        .array(
          z.strictObject({
            rule: anything.meta({ description: 'Rule id; * stands for any text' }),
            subject: anything.meta({ description: 'Where it was found, as reports print it' }),
            place: anything.meta({ description: 'Place inside the subject' }),
          }),
        )
        .optional()
        .meta({ description: 'Findings which say that it is down' }),
    })
    .transform((given) => ({ needs: given.needs, seen: given.seen, at: ['needs'] as readonly string[] })),
])

const profileCore = {
  practices: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({ description: 'Sections to try; all that are configured when left out' }),
  timeLimitSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .optional()
    .meta({ description: 'Longest run, seconds; then it is ended and unsettled' }),
  gate: gate.optional().meta({ description: 'What the gate does otherwise in this profile' }),
}

const core = {
  $schema: z.string().optional().meta({ description: 'Where the JSON Schema lies, for editors' }),
  stack: stackSpec.prefault({}).meta({ description: 'What a trial starts, by name' }),
  gate: gate.prefault({}).meta({ description: 'What closes the gate' }),
  network: network.prefault({}).meta({ description: 'Where traffic may go' }),
  secrets: z
    .array(z.string().regex(/^[A-Za-z_]\w*$/, { error: 'the name of an environment variable' }))
    .default([])
    .meta({ description: 'Names of environment variables whose values appear in no record and no report' }),
  reports: reports.prefault({}).meta({ description: 'What a run leaves behind' }),
  depends: z
    .record(thing, dependency)
    .default({})
    .meta({ description: 'What needs what, so that causes are told from consequences' }),
  seed: z
    .int()
    .min(0)
    .default(1)
    .meta({ description: 'Everything random is drawn from this; the same seed repeats a run' }),
}

const coreSchema = z.strictObject(core)
const profileSchema = z.strictObject(profileCore)

/** The parts of the configuration that every trial has, as written and as read. */
export type CoreConfigInput = z.input<typeof coreSchema>
export type CoreConfig = z.output<typeof coreSchema>
export type ProfileInput = z.input<typeof profileSchema>
export type Profile = z.output<typeof profileSchema>

/** A configuration that was read: the core, the profiles, and the sections under their slices' ids. */
export type Config = CoreConfig & {
  readonly profiles: Readonly<Partial<Record<string, Profile & Readonly<Record<string, unknown>>>>>
} & Readonly<Record<string, unknown>>

/** The schema of `seatrial.config.ts`, for the slices that there are. */
export function configSchema(sections: SectionSchemas): z.ZodType<Config> {
  const overrides = Object.keys(sections).map((id) => {
    const override = z.record(z.string(), z.unknown()).optional()
    return [id, override.meta({ description: `What is otherwise in the section ${id}; lists replace lists` })]
  })
  const profile = z.strictObject({ ...profileCore, ...Object.fromEntries(overrides) })
  const profiles = z.strictObject({
    commit: profile.optional().meta({ description: 'At every commit: a verdict in minutes' }),
    release: profile.optional().meta({ description: 'Before a release: everything that can run on one machine' }),
    nightly: profile.optional().meta({ description: 'At night: drills, long fuzzing' }),
  })
  const optional = Object.entries(sections).map(([id, section]) => {
    const description = section.meta()?.description ?? `What the practice ${id} looks at`
    return [id, section.optional().meta({ description })]
  })
  const whole = z.strictObject({
    ...core,
    profiles: profiles.prefault({}).meta({ description: 'What is otherwise at a commit, before a release, at night' }),
    ...Object.fromEntries(optional),
  })
  // The sections are known only as ZodType, so their keys are added to the type by hand.
  return whole as unknown as z.ZodType<Config>
}
