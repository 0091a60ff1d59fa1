import { relative } from 'node:path'
import type { Reporter, TestRunEndReason } from 'vitest/node'
import type { Finding, StepReport } from '../kernel/index.ts'
import { document, rule } from '../kernel/index.ts'
import { looked, plain, stepOf } from './step-of-test.ts'

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
    const step = stepOf(test, { ...this.#options, runStart: this.#startedAt })
    if (step !== undefined) this.#options.onStep(step)
  }

  onTestModuleEnd: NonNullable<Reporter['onTestModuleEnd']> = (module) => {
    const errors = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
    const file = relative(this.#options.root, module.moduleId)
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
