import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plan } from '../config/index.ts'
import { allowListOf, findConfig, loadConfig } from '../config/index.ts'
import { UsageError } from '../kernel/index.ts'
import { reportFormats } from '../report/index.ts'
import type { Slice } from '../slice.ts'
import { sectionKey } from '../slice.ts'
import type { TrialPlan } from './run-trial.ts'

// The package carries the configuration compiled, so it is searched for with the ending of this very file.
const ending = extname(fileURLToPath(import.meta.url))

/** What runs when nobody says otherwise. */
export const referenceConfig = fileURLToPath(
  new URL(`../../fixtures/reference/seatrial.config${ending}`, import.meta.url),
)

export interface PrepareOptions {
  readonly folder: string
  /** `--config`; otherwise the folder's own configuration, or the reference deployment's. */
  readonly configFile?: string
  readonly profile: string
  readonly slices: readonly Slice[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The plan of a configuration under a profile, joined with the practices that it names.
 *
 * @throws UsageError, or an AggregateError of several
 */
export async function prepareTrial(options: PrepareOptions): Promise<TrialPlan> {
  const { folder, profile, slices, env } = options
  const file = options.configFile ?? (await findConfig(folder)) ?? referenceConfig
  const formats = (await reportFormats()).filter((format) => format.file !== undefined).map((format) => format.name)
  const plan = await loadConfig({
    folder,
    file,
    profile,
    env,
    sections: Object.fromEntries(slices.map((slice) => [sectionKey(slice), slice.section])),
    things: Object.fromEntries(
      slices.flatMap((slice) => (slice.things === undefined ? [] : [[sectionKey(slice), slice.things]])),
    ),
    reportFormats: formats,
  })
  return {
    profile: plan.profile,
    baseFolder: plan.folder,
    stack: plan.stack,
    practices: practicesOf(plan, slices),
    gate: plan.gate,
    ...(plan.depends !== undefined && { depends: plan.depends }),
    seed: plan.seed,
    timeLimitMs: plan.timeLimitSeconds * 1000,
    reportsFolder: plan.reports.folder,
    formats: plan.reports.formats ?? formats,
    secrets: plan.secrets,
    allow: allowListOf(plan.network.allow),
  }
}

function practicesOf(plan: Plan, slices: readonly Slice[]): TrialPlan['practices'] {
  return plan.practices.map((id) => {
    const slice = slices.find((one) => sectionKey(one) === id)
    if (slice === undefined) {
      throw new UsageError({ path: 'practices', given: id, wanted: `one of ${slices.map(sectionKey).join(', ')}` })
    }
    return { slice, section: plan.sections[id] }
  })
}
