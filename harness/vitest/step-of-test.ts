import { relative } from 'node:path'
import type { TestCase } from 'vitest/node'
import type { LocatedFinding, RuleId, StepReport, Unsettled } from '../kernel/index.ts'
import { document, rule } from '../kernel/index.ts'
import type { SeatrialMeta } from './task-meta.ts'

const expectationUnmet = rule({
  id: 'test/expectation-unmet',
  level: 'error',
  reference: document('Vitest: expect', 'https://vitest.dev/api/expect'),
  says: (e: { message: string; location: string }) => `${e.message} (${e.location})`,
  wants: 'The requirement that the title of the test states.',
  remedy: 'Read the evidence beside this step, then run the replay line.',
})

/** What looked in every test: its expectations. */
export const looked: readonly RuleId[] = ['test/expectation']

export interface StepOfTestOptions {
  readonly root: string
  /** Tests are chosen by name: the others are skipped without a word, and are no part of this run. */
  readonly filtered: boolean
  /** For tests that were never begun; milliseconds since the epoch. */
  readonly runStart: number
}

/** One test as a step of the run record, or undefined when it is no part of this run. */
export function stepOf(test: TestCase, { root, filtered, runStart }: StepOfTestOptions): StepReport | undefined {
  const result = test.result()
  const meta = test.meta().seatrial ?? {}
  const diagnostic = test.diagnostic()
  const step: StepReport = {
    id: `test/${test.project.name === '' ? 'unnamed' : test.project.name}`,
    subject: `${relative(root, test.module.moduleId)} > ${test.fullName}`,
    looked: [...looked, ...(meta.looked ?? [])],
    findings: [],
    startedAt: diagnostic?.startTime ?? runStart,
    durationMs: diagnostic?.duration ?? 0,
    ...(meta.attachments !== undefined && { attachments: meta.attachments }),
  }
  switch (result.state) {
    case 'passed':
      return step
    case 'failed':
      return { ...step, findings: findingsOf(test, root, meta), ...unsettledIn(meta) }
    case 'skipped':
      if (meta.unsettled !== undefined) return { ...step, looked: [], unsettled: meta.unsettled }
      if (filtered && result.note === undefined) return undefined
      return { ...step, looked: [], skipped: result.note ?? 'Its file says so, and gives no reason.' }
    case 'pending':
      return { ...step, looked: [], unsettled: notReached }
  }
}

/** What a failed test leaves: a test that failed is a step that failed, however light what it would not have. */
function findingsOf(test: TestCase, root: string, meta: SeatrialMeta): LocatedFinding[] {
  const file = relative(root, test.module.moduleId)
  const where = {
    subject: `${file} > ${test.fullName}`,
    replay: `seatrial test ${file} -t ${JSON.stringify(test.fullName)}`,
  }
  const unmet = (message: string, location: string): LocatedFinding => ({
    ...expectationUnmet.at('test', { message, location }),
    ...where,
  })
  const seen = meta.findings ?? []
  const told = new Set(meta.told)
  const said = (test.result().errors ?? []).flatMap((error) => {
    const message = plain(error.message)
    // It could not look and says nothing else: then the step is unsettled, not failed.
    if (told.has(message) && seen.length === 0) return []
    const frame = error.stacks?.[0]
    const location = frame === undefined ? file : `${relative(root, frame.file)}:${frame.line}`
    // What a matcher saw stands beside this as findings of their own; here its first line is enough.
    return [unmet(told.has(message) ? (message.split('\n')[0] ?? message) : message, location)]
  })
  const all = [...said, ...seen]
  return all.length > 0 || meta.unsettled !== undefined ? all : [unmet('The test failed and left no error.', file)]
}

function unsettledIn({ unsettled }: SeatrialMeta): Pick<StepReport, 'unsettled'> {
  return unsettled === undefined ? {} : { unsettled }
}

const notReached: Unsettled = {
  because: 'prerequisite',
  why: 'The run ended before this test was reached.',
  mend: 'Run again, or run this test alone with the replay line.',
}

/** Messages without terminal colours. */
export function plain(text: string): string {
  return text.replaceAll(/\u001B\[[0-9;]*m/g, '')
}
