import { basename, dirname, resolve } from 'node:path'
import { nearest, UsageError } from '../kernel/index.ts'
import type { Things } from '../kernel/index.ts'
import type { Depends, GatePolicy } from '../record/index.ts'
import { parseInput, place, throwProblems } from '../input/index.ts'
import type { StackSpec } from '../stack/spec.ts'
import { allowListOf } from './allow.ts'
import { chooseSections } from './choose-sections.ts'
import { configNames, findConfig, readConfigFile } from './config-file.ts'
import { loadGate } from './load-gate.ts'
import { resolveDepends } from './depends.ts'
import { deepFreeze } from './overlay.ts'
import type { ProfileName } from './profiles.ts'
import { isProfileName, profileDefaults, profileNames } from './profiles.ts'
import { missingFiles, refusedUrls, unknownParts } from './references.ts'
import type { SectionSchemas } from './schema.ts'
import { configSchema } from './schema.ts'
import { secretValues } from './secrets.ts'

/** What a trial is going to do, checked, complete and frozen. */
export interface Plan {
  /** Folder of the configuration file: where its relative paths begin. */
  readonly folder: string
  readonly configFile: string
  readonly profile: ProfileName
  readonly stack: StackSpec
  /** Slice ids to try, in the order of the registry. */
  readonly practices: readonly string[]
  /** The sections of those practices, as their slices' schemas read them. */
  readonly sections: Readonly<Record<string, unknown>>
  readonly gate: GatePolicy
  /** What needs what, names in full; undefined when the configuration says nothing of it. */
  readonly depends: Depends | undefined
  readonly network: { readonly allow: readonly string[] }
  /** Values to keep out of records and reports. Never print them. */
  readonly secrets: readonly string[]
  readonly reports: { readonly folder: string; readonly formats: readonly string[] | undefined }
  readonly seed: number
  readonly timeLimitSeconds: number
}

export interface LoadOptions {
  /** Working directory: searched for a configuration, and where the reports' folder begins. */
  readonly folder: string
  /** The configuration that was asked for by name. */
  readonly file?: string
  readonly profile: string
  /** What the sections declare of things, by slice id. */
  readonly things?: Readonly<Record<string, (section: unknown) => Things>>
  readonly sections: SectionSchemas
  readonly env: Readonly<Record<string, string | undefined>>
  /** Names of the reports that a run can write; unchecked when left out. */
  readonly reportFormats?: readonly string[]
}

/**
 * Reads `seatrial.config.*`, checks it, lays the profile over it and loads what it refers to.
 *
 * @throws UsageError, or an AggregateError of several: each names its place, such as
 *   `seatrial.config.ts: stack.web.port`, what was given and what is wanted
 */
export async function loadConfig(options: LoadOptions): Promise<Plan> {
  const { folder, file, profile, sections, env } = options
  if (!isProfileName(profile)) throw unknownProfile(profile)
  const configFile = file === undefined ? await demandConfig(folder) : resolve(folder, file)
  const name = basename(configFile)
  const raw = await readConfigFile(configFile)
  const config = parseInput(configSchema(sections), raw, name)
  const base = dirname(configFile)

  const chosen = chooseSections(config, raw, profile, sections, name)
  const depends = resolveDepends(config.depends, thingsOf(config, chosen.sections, options.things), name)
  const gate = await loadGate(config, profile, base, name)
  const secrets = secretValues(config.secrets, env, name)
  const problems = [
    ...chosen.problems,
    ...(await missingFiles(config.stack, base, name)),
    ...refusedUrls({ stack: config.stack, ...chosen.sections }, allowListOf(config.network.allow), name),
    ...unknownParts(chosen.sections, Object.keys(config.stack), name),
    ...depends.problems,
    ...gate.problems,
    ...unknownFormats(config.reports.formats, options.reportFormats, name),
    ...secrets.problems,
  ]
  throwProblems(problems, name)

  return deepFreeze<Plan>({
    folder: base,
    configFile,
    profile,
    stack: config.stack,
    practices: Object.keys(chosen.sections),
    sections: chosen.sections,
    gate: gate.policy,
    depends: depends.depends,
    network: config.network,
    secrets: secrets.values,
    reports: { folder: resolve(folder, config.reports.folder), formats: config.reports.formats },
    seed: config.seed,
    timeLimitSeconds: config.profiles[profile]?.timeLimitSeconds ?? profileDefaults[profile].timeLimitSeconds,
  })
}

/** Of sections as they stand and as the profile has them: a profile that leaves a practice out knows its things all the same. */
function thingsOf(
  config: Readonly<Record<string, unknown>>,
  chosen: Readonly<Record<string, unknown>>,
  things: LoadOptions['things'] = {},
): Things[] {
  return Object.entries(things).flatMap(([id, tell]) =>
    [config[id], chosen[id]].flatMap((section) => (section === undefined ? [] : [tell(section)])),
  )
}

function unknownProfile(profile: string): UsageError {
  const near = nearest(profile, profileNames)
  return new UsageError({
    path: '--profile',
    given: JSON.stringify(profile),
    wanted: `one of ${profileNames.join(', ')}`,
    ...(near === undefined ? {} : { mend: `Did you mean ${near}?` }),
  })
}

function unknownFormats(
  asked: readonly string[] = [],
  known: readonly string[] | undefined,
  name: string,
): UsageError[] {
  return asked.flatMap((format, index) => {
    if (known === undefined || known.includes(format)) return []
    const near = nearest(format, known)
    return [
      new UsageError({
        path: place(name, ['reports', 'formats', index]),
        given: JSON.stringify(format),
        wanted: `one of ${known.join(', ')}`,
        ...(near === undefined ? {} : { mend: `Did you mean "${near}"?` }),
      }),
    ]
  })
}

async function demandConfig(folder: string): Promise<string> {
  const found = await findConfig(folder)
  if (found !== undefined) return found
  throw new UsageError({ path: resolve(folder), given: 'no configuration', wanted: `one of ${configNames.join(', ')}` })
}
