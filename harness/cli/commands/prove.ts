import { join, relative } from 'node:path'
import { z } from 'zod'
import type { StepReport } from '../../kernel/index.ts'
import { exitCodes, worst } from '../../kernel/index.ts'
import { renderReport } from '../../report/index.ts'
import { slices } from '../../registry.ts'
import type { Slice } from '../../slice.ts'
import type { Mutant } from '../../stack/index.ts'
import type { Fate, TrialPlan, TrialResult, WorkContext } from '../../trial/index.ts'
import { prepareTrial, prove, referenceConfig, runTrial } from '../../trial/index.ts'
import type { CliCommand, Io } from '../command.ts'
import { demandKnown, idList } from '../only.ts'
import { parseOptions } from '../parse-options.ts'
import { progressTo } from '../progress.ts'

const options = z.object({
  only: idList,
  list: z.boolean().default(false),
  json: z.boolean().default(false),
})

/** `seatrial prove`: a check that cannot fail is not a check. */
export const command: CliCommand = {
  name: 'prove',
  summary: 'Prove that the checks can fail: change one line of a real stack, and see the named rule fire.',
  configure: (program) =>
    program
      .option('--only <ids>', 'mutants or practices, separated by commas: http/etag-removed, http')
      .option('--list', 'list the mutants and what they must kill')
      .option('--json', 'print data instead of text')
      .addHelpText('after', help),
  async run({ options: given, io }) {
    const { only, list, json } = parseOptions('seatrial prove', options, given)
    const groups = await chosen(only)
    if (list) {
      io.out(listing(groups, json))
      return exitCodes.passed
    }
    const fates = new Map<string, Fate>()
    const results: TrialResult[] = []
    for (const [configFile, these] of byDeployment(groups)) {
      const plan = await prepareTrial({
        folder: io.workingDirectory,
        configFile,
        profile: 'release',
        slices,
        env: io.env,
      })
      results.push(
        await runTrial(
          // Everything that survives blocks: no list excuses a check that cannot fail.
          { ...plan, gate: { block: 'error', budgets: {}, allow: [], accept: [], baseline: [] } },
          {
            command: `seatrial prove${only.length > 0 ? ` --only ${only.join(',')}` : ''}`,
            signal: io.signal,
            progress: progressTo(io),
            work: (trial, context) => proving(these, trial, context, io, fates),
          },
        ),
      )
      if (io.signal.aborted) break
    }
    const verdict = worst(results.map(({ record }) => record.verdict)) ?? 'unsettled'
    const count = (fate: Fate): number => [...fates.values()].filter((one) => one === fate).length
    const total = groups.reduce((sum, { mutants }) => sum + mutants.length, 0)
    const killed = count('killed')
    const score = {
      killed,
      survived: count('survived'),
      unsettled: total - killed - count('survived'),
      score: killed / total,
    }
    for (const { record } of results) {
      if (json || record.verdict === 'passed') continue
      io.out(`${await renderReport('text', record, { colour: io.colour, columns: process.stdout.columns ?? 100 })}\n`)
    }
    io.out(
      json
        ? `${JSON.stringify({ ...score, mutants: Object.fromEntries(fates), verdict }, undefined, 2)}\n`
        : `${summary(score, total)}\n${results.map(({ folder }) => recordLine(io, folder)).join('')}`,
    )
    // Some never ran: that is not a score of the rest.
    return fates.size < total && verdict === 'passed'
      ? exitCodes.unsettled
      : exitCodes[verdict === 'skipped' ? 'unsettled' : verdict]
  },
}

const help = `
Examples:
  seatrial prove
  seatrial prove --only http/etag-removed
  seatrial prove --list

A mutant that survives fails the command: exit code 1. One that could not be tried ends in 2.
`

interface Group {
  readonly slice: Slice
  readonly mutants: readonly Mutant[]
}

async function chosen(only: readonly string[]): Promise<Group[]> {
  const groups = await Promise.all(
    slices.map(async (slice) => ({ slice, mutants: (await slice.mutants()).map(({ thing }) => thing) })),
  )
  const known = groups.flatMap(({ slice, mutants }) => [slice.id, ...mutants.map((mutant) => mutant.id)])
  demandKnown('seatrial prove --only', only, { known, wanted: 'a mutant or a practice', list: 'seatrial prove --list' })
  return groups
    .map(({ slice, mutants }) => ({
      slice,
      mutants: mutants.filter(({ id }) => only.length === 0 || only.includes(slice.id) || only.includes(id)),
    }))
    .filter(({ mutants }) => mutants.length > 0)
}

/** The groups by the deployment that their mutants are made in. */
function byDeployment(groups: readonly Group[]): ReadonlyMap<string, readonly Group[]> {
  return Map.groupBy(groups, ({ slice }) => slice.proving?.config ?? referenceConfig)
}

function recordLine(io: Io, folder: string): string {
  return `record: ${join(relative(io.workingDirectory, folder), 'run.json')}\n`
}

async function* proving(
  groups: readonly Group[],
  { practices }: Pick<TrialPlan, 'practices'>,
  context: WorkContext,
  io: Io,
  fates: Map<string, Fate>,
): AsyncGenerator<StepReport> {
  for (const { slice, mutants } of groups) {
    const section = practices.find((each) => each.slice.id === slice.id)?.section
    for await (const { mutant, fate, step } of prove(slice, mutants, context.stack, { ...context, section })) {
      fates.set(mutant.id, fate)
      context.progress(`${fate.padEnd(9)}  ${mutant.id}  (${step.durationMs} ms)`)
      for (const finding of step.findings) io.err(`           ${finding.sentence}\n`)
      if (step.unsettled !== undefined) io.err(`           ${step.unsettled.why}\n`)
      yield step
    }
  }
}

function summary(score: { killed: number; survived: number; unsettled: number; score: number }, total: number): string {
  const percent = (score.score * 100).toFixed(score.killed === total ? 0 : 1)
  return `${total} ${total === 1 ? 'mutant' : 'mutants'}: ${score.killed} killed, ${score.survived} survived, ${score.unsettled} could not be tried; mutation score ${percent} %`
}

function listing(groups: readonly Group[], json: boolean): string {
  const mutants = groups.flatMap((group) => group.mutants)
  if (json) return `${JSON.stringify(mutants, undefined, 2)}\n`
  const width = Math.max(0, ...mutants.map((mutant) => mutant.id.length))
  return mutants.map(({ id, title, kills }) => `${id.padEnd(width)}  ${title}  -> ${kills}\n`).join('')
}
