import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node'
import type { Finding, LocatedFinding, RuleId, StepReport, Unsettled } from '../kernel/index.ts'
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

const errorUncaught = rule({
  id: 'test/error-uncaught',
  level: 'error',
  reference: document(
    'Vitest: dangerouslyIgnoreUnhandledErrors',
    'https://vitest.dev/config/dangerouslyignoreunhandlederrors',
  ),
  says: (e: { message: string }) => `An error outside any test: ${e.message}`,
  wants: 'Every error is caught by the test that causes it.',
  remedy: 'Await what the test starts: a promise or a timer that is left behind breaks after its test has passed.',
})

const looked: readonly RuleId[] = ['test/expectation']

export interface StepReporterOptions {
  readonly root: string
  /** Tests are chosen by name: the others are skipped without a word, and are no part of this run. */
  readonly filtered: boolean
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
    const step = stepOf(test, this.#options, this.#startedAt)
    if (step !== undefined) this.#options.onStep(step)
  }

  onTestModuleEnd: NonNullable<Reporter['onTestModuleEnd']> = (module) => {
    const errors = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
    const file = nameOf(module, this.#options.root)
    for (const error of errors) this.#broken(file, fileBroken.at('file', { message: plain(error.message) }), file)
  }

  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (_modules, errors, _reason: TestRunEndReason) => {
    for (const error of errors) {
      this.#broken('outside any test', errorUncaught.at('run', { message: plain(error.message) }), '')
    }
  }

  #broken(subject: string, finding: Finding, file: string): void {
    this.#options.onStep({
      id: 'test/file',
      subject,
      looked,
      findings: [{ ...finding, subject, replay: `seatrial test ${file}`.trim() }],
      startedAt: this.#startedAt,
      durationMs: 0,
    })
  }
}

function stepOf(test: TestCase, { root, filtered }: StepReporterOptions, runStart: number): StepReport | undefined {
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
      if (filtered && result.note === undefined && meta.unsettled === undefined) return undefined
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

function skipped(step: StepReport, note: string | undefined, unsettled: Unsettled | undefined): StepReport {
  if (unsettled !== undefined) return { ...step, looked: [], unsettled }
  return { ...step, looked: [], skipped: note ?? 'Its file says so, and gives no reason.' }
}

function nameOf(module: TestModule, root: string): string {
  return relative(root, module.moduleId)
}

/** Messages without terminal colours. */
function plain(text: string): string {
  return text.replaceAll(/\u001B\[[0-9;]*m/g, '')
}
