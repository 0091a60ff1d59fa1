import { z } from 'zod'
import { faultPlan } from '../endpoints/core/fault-plan.ts'
import { kindNames } from './kinds/index.ts'

const pattern = z.string().min(1).refine(isPattern, { error: 'a regular expression' })
const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'small letters, digits and hyphens' })
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'a name such as DATA_VOLUME' })

const ask = z.strictObject({
  body: z
    .union([z.string(), z.record(z.string(), z.string())])
    .optional()
    .meta({ description: 'Text, or a form; for EC2 a form with its Action, which is signed' }),
  target: z
    .string()
    .startsWith('/')
    .default('/')
    .meta({ description: 'Path and query; /_seatrial/ for the mock itself' }),
  method: z.string().optional().meta({ description: 'POST with a body, else GET' }),
  region: z.string().optional().meta({ description: "The job's own when left out" }),
})

const promise = z.strictObject({
  says: z.string().min(1).meta({ description: 'What the job promises, as a sentence' }),
  ask: ask.optional().meta({ description: 'Who is asked; what the job printed when left out' }),
  holds: pattern.meta({ description: 'Regular expression that must match the answer, line by line' }),
  count: z.int().min(0).optional().meta({ description: 'Exactly so many matches; one or more when left out' }),
})

const ownFault = z.strictObject({
  name,
  says: z.string().optional().meta({ description: 'What goes wrong, as a sentence without its full stop' }),
  rules: faultPlan.default([]).meta({ description: 'As in `seatrial mock --faults`' }),
  seed: z.record(z.string(), z.unknown()).default({}).meta({ description: "Laid over the job's seed" }),
  shows: pattern.optional().meta({ description: 'Error code by which a fault of the seed is known to have struck' }),
})

const job = z.strictObject({
  name,
  command: z
    .tuple([z.string().min(1)], z.string())
    .meta({ description: 'Program and arguments. Words that begin with ./ or ../ are files beside the configuration' }),
  endpoint: z.enum(kindNames).meta({ description: 'Mocked endpoint that the job talks to' }),
  seed: z.record(z.string(), z.unknown()).default({}).meta({ description: 'As in `seatrial mock --seed`' }),
  clock: z.string().default('polls:2').meta({ description: 'As in `seatrial mock --clock`' }),
  region: z.string().default('us-east-1'),
  alsoRegions: z.array(z.string()).default([]).meta({ description: 'More regions to look for leftovers in' }),
  env: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'Nothing is inherited but PATH and the locale' }),
  files: z.record(z.string().min(1), z.string()).default({}).meta({ description: 'Files in its working folder' }),
  needs: z.array(z.string().min(1)).default([]).meta({ description: 'Programs that it calls' }),
  before: z
    .array(ask.extend({ keeps: z.record(variable, pattern).default({}) }))
    .default([])
    .meta({ description: 'Asked before the job; what `keeps` finds is a variable: $NAME in files, env and promises' }),
  faults: z
    .array(z.union([z.string(), ownFault]))
    .optional()
    .meta({ description: 'Names of standard faults and faults of your own; all standard ones when left out' }),
  promises: z.array(promise).min(1).meta({ description: 'What must be so when the job says that all went well' }),
  timeoutSeconds: z.number().min(0.1).max(86_400).default(60),
})

/** The `provisioning` section of the configuration. */
export const provisioningSection = z.strictObject({
  jobs: z
    .array(job)
    .min(1)
    .refine((jobs) => new Set(jobs.map((each) => each.name)).size === jobs.length, {
      error: 'a name of its own for each',
    })
    .meta({ description: 'Scripts that talk to a cloud, each tried alone' }),
  atOnce: z.int().min(1).max(64).default(4).meta({ description: 'Runs of jobs under way at once' }),
})

export type ProvisioningSection = z.infer<typeof provisioningSection>
export type Job = z.infer<typeof job>
export type Ask = z.infer<typeof ask>
export type JobPromise = z.infer<typeof promise>
export type OwnFault = z.infer<typeof ownFault>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'gm') instanceof RegExp
  } catch {
    return false
  }
}
