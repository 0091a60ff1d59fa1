import type { Timeline, TimelineFact, TimelineMark, TimelineSpan } from '../kernel/index.ts'
import type { RecordedStep } from '../record/schema.ts'
import { columnsOf, cut, fold } from './columns.ts'
import { clip, visible } from './escape.ts'
import { count, markWord, milliseconds } from './words.ts'
import { hang } from './wrap.ts'

/** What is drawn of a timeline, whatever it is drawn with: in order, not too much of it, and with its scale. */
export interface Drawing {
  readonly marks: readonly TimelineMark[]
  readonly spans: readonly TimelineSpan[]
  readonly facts: readonly TimelineFact[]
  /** Marks and spans that are not drawn. */
  readonly hidden: number
  /** First and last moment. */
  readonly from: number
  readonly to: number
  /** Where a moment lies between the two: 0 to 1. */
  readonly share: (at: number) => number
}

const marksShown = 40
const spansShown = 12
const factsShown = 12

/** Of too many marks those with a kind are drawn first: they are the story. */
export function drawingOf({ marks, spans = [], facts = [] }: Timeline): Drawing {
  const told = [...marks.filter(({ kind }) => kind !== undefined), ...marks.filter(({ kind }) => kind === undefined)]
  const shown = told.slice(0, marksShown).toSorted((a, b) => a.at - b.at)
  const some = spans.slice(0, spansShown).map(({ from, to, what }) => ({
    what,
    from: Math.min(from, to),
    to: Math.max(from, to),
  }))
  const moments = [...shown.map(({ at }) => at), ...some.flatMap((span) => [span.from, span.to])]
  const [from, to] = moments.length === 0 ? [0, 0] : [Math.min(...moments), Math.max(...moments)]
  // Halves, because the whole may be more than a number holds.
  const whole = to / 2 - from / 2
  return {
    marks: shown,
    spans: some,
    facts: facts.slice(0, factsShown),
    hidden: marks.length - shown.length + (spans.length - some.length),
    from,
    to,
    share: (at) => (whole > 0 ? Math.min(Math.max((at / 2 - from / 2) / whole, 0), 1) : 0),
  }
}

/** The timeline of a step in a few words: its facts, or how long its phases lasted. Undefined when it has neither. */
export function shortly(timeline: Timeline): string | undefined {
  const { facts, spans } = drawingOf(timeline)
  const words =
    facts.length > 0
      ? facts.map(({ what, value }) => `${clip(what, 60)} ${clip(value, 60)}`)
      : spans.map(({ what, from, to }) => `${clip(what, 60)} ${milliseconds(to - from)}`)
  return words.length === 0 ? undefined : visible(words.join('; '))
}

/** `fault: node-1 is killed`. Colours alone tell nothing to many. */
export function markText({ what, kind }: TimelineMark): string {
  return kind === undefined ? what : `${markWord[kind].word}: ${what}`
}

/** Whether reports draw the timeline of a step, or tell it in a line. */
export function isDrawn({ outcome }: RecordedStep): boolean {
  return outcome.kind === 'failed' || outcome.kind === 'unsettled'
}

const timeColumns = 11
const barColumns = 24

/**
 * A timeline as lines of at most `width` columns, 60 at least: a bar where a phase lasted, a sign where something
 * happened. Every text is safe for a terminal.
 *
 *          383 ms |       =======          | write outage
 *           +0 ms |       x                | fault: node-1 is killed
 */
export function timelineLines(timeline: Timeline, width: number): string[] {
  const { marks, spans, facts, hidden, share } = drawingOf(timeline)
  const front = timeColumns + barColumns + ' || '.length
  const room = Math.max(width, 60) - front
  const column = (at: number): number => Math.round(share(at) * (barColumns - 1))
  const row = (time: string, bar: string, what: string): string[] =>
    hang(
      `${cut(time, timeColumns).padStart(timeColumns)} |${bar.padEnd(barColumns)}| `,
      fold(visible(clip(what, 400)), room),
    )
  const factLines = facts.flatMap(({ what, value }) => {
    const label = `  ${cut(visible(what), 24)}: `
    return hang(label, fold(visible(clip(value, 1000)), Math.max(width, 60) - columnsOf(label)))
  })
  return [
    ...factLines,
    ...spans.flatMap(({ from, to, what }) => {
      const [start, end] = [column(from), column(to)]
      return row(milliseconds(to - from), ' '.repeat(start) + '='.repeat(end - start + 1), what)
    }),
    ...marks.flatMap((mark) => {
      const bar = ' '.repeat(column(mark.at)) + markWord[mark.kind ?? 'none'].sign
      return row(milliseconds(mark.at, { signed: true }), bar, markText(mark))
    }),
    ...(hidden > 0 ? [`  and ${count(hidden, 'more moment')}: all are in run.json`] : []),
  ]
}
