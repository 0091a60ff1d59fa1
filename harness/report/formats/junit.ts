import type { RecordedStep, RunRecord } from '../../record/schema.ts'
import { clip, markup, markupLines, visible } from '../escape.ts'
import type { ReportFormat } from '../format.ts'
import { groupFindings } from '../group.ts'
import type { FindingGroup } from '../group.ts'
import { tally } from '../tally.ts'
import { lessonLines, lessonOf } from '../teach.ts'
import { isDrawn, shortly, timelineLines } from '../timeline.ts'
import { count, levelWord, noteWord, unsettledWord, verdictSentence } from '../words.ts'

type Result = 'failure' | 'error' | 'skipped' | 'passed'

interface Case {
  readonly result: Result
  readonly xml: string
  readonly seconds: number
}

/**
 * A test suite for each practice, a test case for each step. It is red exactly when the verdict
 * is: what the gate allows is skipped here, and what the gate itself blocks has a case of its own.
 */
export const junit: ReportFormat = {
  name: 'junit',
  summary: 'JUnit XML, for pipelines that show test results',
  file: 'junit.xml',
  render(record) {
    const suites = tally(record).practices.map(([practice, steps]) =>
      suiteOf(
        practice,
        startOf(steps),
        steps.map((step) => caseOf(record, practice, step)),
      ),
    )
    const red = suites.some(({ failures, errors }) => failures + errors > 0)
    const gate = gateCases(record, red)
    if (gate.length > 0) suites.push(suiteOf('gate', record.endedAt, gate))
    const total = (key: 'tests' | 'failures' | 'errors' | 'skipped'): number =>
      suites.reduce((sum, suite) => sum + suite[key], 0)
    const counts = `tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}" skipped="${total('skipped')}"`
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="seatrial ${markup(record.id)}" ${counts} time="${seconds(record.cost.wallMs)}" timestamp="${markup(record.startedAt)}">`,
      ...suites.map(({ xml }) => xml),
      '</testsuites>',
      '',
    ].join('\n')
  },
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

function startOf(steps: readonly RecordedStep[]): string {
  const first = steps.reduce((least, { startedAt }) => Math.min(least, startedAt), Infinity)
  return Math.abs(first) <= 8.64e15 ? new Date(first).toISOString() : new Date(0).toISOString()
}

function suiteOf(name: string, timestamp: string, cases: readonly Case[]) {
  const many = (result: Result): number => cases.filter((one) => one.result === result).length
  const [failures, errors, skipped] = [many('failure'), many('error'), many('skipped')]
  const time = cases.reduce((sum, one) => sum + one.seconds, 0).toFixed(3)
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`
  const xml = [
    `  <testsuite name="${markup(name)}" ${counts} time="${time}" timestamp="${markup(timestamp)}">`,
    ...cases.map((one) => one.xml),
    '  </testsuite>',
  ].join('\n')
  return { tests: cases.length, failures, errors, skipped, xml }
}

function element(classname: string, name: string, ms: number, result: Result, body: string): Case {
  const open = `    <testcase classname="${markup(classname)}" name="${markup(clip(name, 500))}" time="${seconds(ms)}"`
  return { result, seconds: ms / 1000, xml: body === '' ? `${open}/>` : `${open}>\n${body}    </testcase>` }
}

function trouble(tag: 'failure' | 'error' | 'skipped', type: string, message: string, body: string): string {
  const kind = tag === 'skipped' ? '' : ` type="${markup(type)}"`
  return `      <${tag} message="${markup(clip(message, 500))}"${kind}>${markupLines(clip(body, 30_000))}</${tag}>\n`
}

function caseOf(record: RunRecord, practice: string, step: RecordedStep): Case {
  const { outcome, findings, durationMs } = step
  const make = (result: Result, body: string): Case =>
    element(practice, `${step.id} ${step.subject}`, durationMs, result, body)
  const groups = groupFindings(findings)
  const quiet = groups.filter(({ blocks, level }) => !blocks && level !== 'good')
  const besides = [...quiet.map(told), ...timelineText(step)].join('\n\n')
  const aside = besides === '' ? '' : `      <system-out>${markupLines(clip(besides, 10_000))}</system-out>\n`
  switch (outcome.kind) {
    case 'failed': {
      const blocking = groups.filter(({ blocks }) => blocks)
      const [first] = blocking
      const others = findings.filter(({ blocks }) => blocks).length - 1
      const message =
        first === undefined
          ? 'The gate failed this step.'
          : `${first.sightings[0].sentence}${others > 0 ? ` (and ${others} more)` : ''}`
      const blind =
        step.unsettled === undefined ? [] : [`COULD NOT LOOK (${step.unsettled.because}): ${step.unsettled.why}`]
      const body = [...blocking.map(told), ...blind].join('\n\n')
      return make('failure', trouble('failure', first?.rule ?? 'gate', message, body) + aside)
    }
    case 'unsettled': {
      const { because, why, mend } = outcome
      // What the gate allows is not red; it stays visible as skipped, and is never a pass.
      const tag = record.gate.allow.includes(because) ? 'skipped' : 'error'
      const body = `why:    ${why}\nmend:   ${mend}`
      return make(
        tag,
        trouble(tag, `unsettled: ${because}`, `Could not look: ${unsettledWord[because]}.`, body) + aside,
      )
    }
    case 'skipped':
      return make('skipped', trouble('skipped', '', outcome.why, '') + aside)
    case 'passed':
      return make('passed', aside)
  }
}

function timelineText(step: RecordedStep): string[] {
  const { timeline } = step
  if (timeline === undefined) return []
  const title = visible(clip(timeline.title, 200))
  if (isDrawn(step)) return [[`TIMELINE ${title}`, ...timelineLines(timeline, 100)].join('\n')]
  const short = shortly(timeline)
  return short === undefined ? [] : [`${title}: ${short}`]
}

const told = (group: FindingGroup): string => {
  const lesson = lessonOf(group)
  return [`${levelWord[group.level]} ${visible(group.rule)} at ${lesson.where}`, ...lessonLines(lesson)].join('\n')
}

/**
 * What is red for a reason that no step has: a note of the gate, or a run that was ended. A step
 * that looked at nothing is red itself.
 */
function gateCases(record: RunRecord, red: boolean): Case[] {
  const notes = record.notes
    .filter(({ blocks, kind }) => blocks && kind !== 'looked-at-nothing')
    .map(({ kind, text }, index) =>
      element(
        'gate',
        `${kind} ${index + 1}`,
        0,
        'failure',
        trouble('failure', kind, `${noteWord[kind]}: ${text}`, text),
      ),
    )
  if (record.verdict === 'passed' || red || notes.length > 0) return notes
  const tag = record.verdict === 'failed' ? 'failure' : 'error'
  const sentence = verdictSentence(record, tally(record))
  return [
    element(
      'gate',
      'verdict',
      0,
      tag,
      trouble(tag, record.verdict, sentence, `${sentence}\n${count(record.steps.length, 'step')} in the record`),
    ),
  ]
}
