import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node'
import type { LocatedFinding, RuleId, StepReport, Unsettled } from '../kernel/index.ts'
import { document, rule } from '../kernel/index.ts'
import './task-meta.ts'

const expectationUnmet = rule({
  id: 'test/expectation-unmet',
  level: 'error',
  reference: document('Vitest: expect', 'https://vitest.dev/api/expect'),
  says: (e: { message: string; location: string }) => `${e.message} (${e.location})`,
  wants: 'The requirement that the title of the test states.',
  remedy: 'Read the evidence beside this step, then run the replay line.',
})

const fileBroken = rule({
  id: 'test/file-broken',
  level: 'error',
  reference: document('Vitest: test files', 'https://vitest.dev/guide/'),
  says: (e: { message: string }) => `The file could not be run: ${e.message}`,
  wants: 'Every test file loads, and its hooks succeed.',
  remedy: 'Mend the file; none of its tests can be believed until then.',
})

const looked: readonly RuleId[] = ['test/expectation']

export interface StepReporterOptions {
  readonly root: string
  readonly onStep: (step: StepReport) => void
}

/** Turns tests into steps of the run record, findings and evidence included. */
export class StepReporter implements Reporter {
  readonly #options: StepReporterOptions
  #startedAt = 0

  constructor(options: StepReporterOptions) {
    this.#options = options
  }

  onTestRunStart: NonNullable<Reporter['onTestRunStart']> = () => {
    this.#startedAt = Date.now()
  }

  onTestCaseResult: NonNullable<Reporter['onTestCaseResult']> = (test) => {
    const step = stepOf(test, this.#options.root, this.#startedAt)
    if (step !== undefined) this.#options.onStep(step)
  }

  onTestModuleEnd: NonNullable<Reporter['onTestModuleEnd']> = (module) => {
    const errors = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
    for (const error of errors) this.#options.onStep(this.#broken(nameOf(module, this.#options.root), error.message))
  }

  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (_modules, errors, _reason: TestRunEndReason) => {
    for (const error of errors) this.#options.onStep(this.#broken('outside any test', error.message))
  }

  #broken(subject: string, message: string): StepReport {
    const finding = fileBroken.at('file', { message: plain(message) })
    const replay = `seatrial test ${subject}`
    return {
      id: 'test/file',
      subject,
      looked,
      findings: [{ ...finding, subject, replay }],
      startedAt: this.#startedAt,
      durationMs: 0,
    }
  }
}

function stepOf(test: TestCase, root: string, runStart: number): StepReport | undefined {
  const result = test.result()
  const file = nameOf(test.module, root)
  const subject = `${file} > ${test.fullName}`
  const replay = `seatrial test ${file} -t ${JSON.stringify(test.fullName)}`
  const meta = test.meta().seatrial ?? {}
  const diagnostic = test.diagnostic()
  const step = {
    id: `test/${test.project.name === '' ? 'unnamed' : test.project.name}` as const,
    subject,
    looked: [...looked, ...(meta.looked ?? [])],
    findings: [] as LocatedFinding[],
    startedAt: diagnostic?.startTime ?? runStart,
    durationMs: diagnostic?.duration ?? 0,
    ...(meta.attachments !== undefined && { attachments: meta.attachments }),
  }
  switch (result.state) {
    case 'passed':
      return step
    case 'failed': {
      const told = new Set(meta.told)
      const findings = meta.findings ?? []
      const unmet = result.errors.flatMap((error) => {
        if (told.has(plain(error.message))) return []
        const frame = error.stacks?.[0]
        const location = frame === undefined ? file : `${relative(root, frame.file)}:${frame.line}`
        return [{ ...expectationUnmet.at('test', { message: plain(error.message), location }), subject, replay }]
      })
      const all = [...findings, ...unmet]
      return { ...step, findings: all, ...(meta.unsettled !== undefined && { unsettled: meta.unsettled }) }
    }
    case 'skipped':
      return skipped(step, result.note, meta.unsettled)
    case 'pending':
      return { ...step, looked: [], unsettled: notReached }
  }
}

const notReached: Unsettled = {
  because: 'prerequisite',
  why: 'The run ended before this test was reached.',
  mend: 'Run again, or run this test alone with the replay line.',
}

function skipped(step: StepReport, note: string | undefined, unsettled: Unsettled | undefined): StepReport | undefined {
  if (unsettled !== undefined) return { ...step, looked: [], unsettled }
  // Left out by a filter of the command line: not part of this run.
  if (note === undefined) return undefined
  return { ...step, looked: [], skipped: note }
}

function nameOf(module: TestModule, root: string): string {
  return relative(root, module.moduleId)
}

/** Messages without terminal colours. */
function plain(text: string): string {
  return text.replaceAll(/\u001B\[[0-9;]*m/g, '')
}
