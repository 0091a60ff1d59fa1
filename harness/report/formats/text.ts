import { styleText } from 'node:util'
import type { RecordedStep, RunRecord } from '../../record/schema.ts'
import { causesStory } from '../causes.ts'
import type { CausesStory } from '../causes.ts'
import { fold } from '../columns.ts'
import { clip, inert, visible, visibleLines } from '../escape.ts'
import type { RenderOptions, ReportFormat } from '../format.ts'
import { bySentence, groupFindings } from '../group.ts'
import type { FindingGroup } from '../group.ts'
import { tally } from '../tally.ts'
import type { Tally } from '../tally.ts'
import { lessonOf, whereOf } from '../teach.ts'
import { isDrawn, shortly, timelineLines } from '../timeline.ts'
import { blindSteps, skippedSteps } from '../unseen.ts'
import {
  count,
  costSentence,
  excuseSentence,
  levelCounts,
  levelWord,
  noteWord,
  outcomeCounts,
  unsettledWord,
  verdictSentence,
  verdictWord,
} from '../words.ts'
import { hang, wrap } from '../wrap.ts'

type Style = Parameters<typeof styleText>[0]
type Paint = (style: Style, text: string) => string

const levelStyle = { error: 'red', warning: 'yellow', info: 'blue', good: 'green' } as const
const verdictStyle = { failed: 'red', unsettled: 'yellow', passed: 'green' } as const
const placesOnALine = 3
const reasonsShown = 4
const timelinesShown = 30

/** For the console: every failure teaches, and the verdict stands last. */
export const text: ReportFormat = {
  name: 'text',
  summary: 'for people at a terminal',
  file: undefined,
  render(record, options) {
    const paint: Paint = options.colour
      ? (style, words) => styleText(style, words, { validateStream: false })
      : (_style, words) => words
    const width = Math.max(options.columns, 60)
    const counted = tally(record)
    const story = causesStory(record)
    const groups = groupFindings(story.others)
    const sections = [
      ...groups.filter(({ blocks }) => blocks).map((group) => blockingLines(group, width, paint)),
      groups
        .filter(({ blocks, level }) => !blocks && level !== 'info' && level !== 'good')
        .map((group) => quietLine(group, paint)),
      ...unsettledSections(record.steps, width, paint),
      ...record.steps.filter(isDrawn).map((step) => timelineSection(step, width, paint)),
      shortTimelines(record.steps, width, paint),
      record.notes.map((note) => noteLine(note, paint)),
      skippedLines(record.steps, paint),
      ...causesSections(story, width, paint),
      lastLines(record, counted, options, width, paint),
    ]
    return inert(
      `${sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n')}\n`,
    )
  },
}

const fronts: Readonly<Record<string, string>> = { at: '          at ', more: '          ' }

function blockingLines(group: FindingGroup, width: number, paint: Paint): string[] {
  const lesson = lessonOf(group)
  const word = paint(['bold', levelStyle[group.level]], levelWord[group.level])
  const lines = [`${word} ${paint('bold', visible(group.rule))} at ${lesson.where}`]
  for (const { label, text: told } of lesson.facts) {
    const front = fronts[label] ?? `  ${`${label}:`.padEnd(8)}`
    // Commands and addresses are there to be copied, so they stay on one line.
    const parts = label === 'replay' || label === 'source' ? [told] : wrap(told, width - front.length)
    lines.push(...hang(front, parts))
  }
  return lines
}

/** What does not block: one line, with its sentence and some of its places. */
function quietLine(group: FindingGroup, paint: Paint): string {
  const { level, rule, excuse, sightings } = group
  const said = bySentence(group)
  const [sentence] = said[0] ?? ['']
  const others = said.length > 1 ? ` (and ${count(said.length - 1, 'other sentence')})` : ''
  const places = sightings.slice(0, placesOnALine).map(whereOf).join(', ')
  const hidden = sightings.length > placesOnALine ? ` and ${sightings.length - placesOnALine} more` : ''
  const why = excuse === undefined ? '' : paint('dim', `, ${visible(clip(excuseSentence(excuse), 300))}`)
  const word = excuse === undefined ? paint(levelStyle[level], levelWord[level]) : paint('dim', 'EXCUSED')
  return `${word} ${visible(rule)}: ${visible(clip(sentence, 300))}${others} At ${places}${hidden}${why}`
}

/** Steps that could not look for one and the same reason are told together. */
function unsettledSections(steps: readonly RecordedStep[], width: number, paint: Paint): string[][] {
  return blindSteps(steps).map(({ because, why, mend, steps: same }) => {
    const places = same.map((step) => visible(clip(`${step.id} at ${step.subject}`, 300)))
    const shown = places.slice(0, 8).map((place) => `          in ${place}`)
    const hidden = same.length - shown.length
    return [
      `${paint(['bold', 'yellow'], 'COULD NOT LOOK')} ${same.length === 1 ? places.join('') : count(same.length, 'step')}: ${unsettledWord[because]} (${because})`,
      ...hang(
        '  why:    ',
        visibleLines(clip(why, 4000)).flatMap((line) => wrap(line, width - 10)),
      ),
      ...(same.length === 1 ? [] : shown),
      ...(hidden > 0 ? [`          and ${count(hidden, 'more step')}: all are in run.json`] : []),
      ...hang('  mend:   ', visibleLines(clip(mend, 2000))),
    ]
  })
}

/** Near the verdict, because the end is what people read first; a consequence stands under its cause and nowhere else. */
function causesSections({ causes, hidden, title }: CausesStory, width: number, paint: Paint): string[][] {
  if (causes.length === 0) return []
  const told = causes.map(({ thing, about, because, leads, hence, though }, index) => {
    const front = `${index + 1}. `
    const rows = [
      ['because', because],
      [leads, hence],
      ['though', though],
    ] as const
    return [
      ...hang(front, wrap(`${thing}: ${about}`, width - front.length)),
      ...rows.flatMap(([label, lines]) =>
        lines.flatMap((each, at) => hang(`   ${(at === 0 ? label : '').padEnd(9)}`, wrap(each, width - 12))),
      ),
    ]
  })
  const more = hidden > 0 ? [[`and ${count(hidden, 'more cause')}: all are in run.json`]] : []
  return [[paint('bold', title.toUpperCase())], ...told, ...more]
}

function timelineSection({ id, timeline }: RecordedStep, width: number, paint: Paint): string[] {
  if (timeline === undefined) return []
  const front = 'TIMELINE '
  const title = fold(visible(clip(`${id}: ${timeline.title}`, 200)), width - front.length)
  const [first = '', ...rest] = hang(front, title)
  return [first.replace(/^\w+/, paint('bold', 'TIMELINE')), ...rest, ...timelineLines(timeline, width)]
}

/** Where nothing went wrong the numbers are enough. */
function shortTimelines(steps: readonly RecordedStep[], width: number, paint: Paint): string[] {
  const told = steps.flatMap((step) => {
    const short = step.timeline === undefined || isDrawn(step) ? undefined : shortly(step.timeline)
    return short === undefined ? [] : [{ title: step.timeline?.title ?? '', short }]
  })
  const lines = told.slice(0, timelinesShown).flatMap(({ title, short }) => {
    const front = `${visible(clip(title, 200))}: `
    return fold(front + short, width - 2).map((line, index) => (index === 0 ? line : `  ${line}`))
  })
  const hidden = told.length - timelinesShown
  const more = hidden > 0 ? [`and ${count(hidden, 'more timeline')}: all are in run.json`] : []
  return [...lines, ...more].map((line) => paint('dim', line))
}

function noteLine({ kind, blocks, text: told }: RunRecord['notes'][number], paint: Paint): string {
  const word = blocks ? paint(['bold', 'red'], 'GATE BLOCKS') : paint('yellow', 'GATE')
  return `${word} ${noteWord[kind]}: ${visible(clip(told, 1000))}`
}

/** Skipped is not passed: it stays visible, the most frequent reasons in a line each. */
function skippedLines(steps: readonly RecordedStep[], paint: Paint): string[] {
  const skipped = skippedSteps(steps)
  const lines = skipped.slice(0, reasonsShown).map(({ why, number, ids }) => {
    const shown = visible(ids.slice(0, placesOnALine).join(', '))
    return `skipped ${count(number, 'step')} (${shown}${ids.length > placesOnALine ? ', ...' : ''}): ${visible(clip(why, 300))}`
  })
  const rest = skipped.slice(reasonsShown)
  const others = rest.reduce((sum, { number }) => sum + number, 0)
  const more =
    rest.length === 0 ? [] : [`skipped ${count(others, 'more step')}, for ${count(rest.length, 'other reason')}`]
  return [...lines, ...more].map((line) => paint('dim', line))
}

function lastLines(record: RunRecord, counted: Tally, options: RenderOptions, width: number, paint: Paint): string[] {
  const word = paint(['bold', verdictStyle[record.verdict]], verdictWord[record.verdict])
  const rows: (readonly [label: string, told: string])[] = [
    ...counted.practices.map(([practice, , outcomes]) => [visible(practice), outcomeCounts(outcomes)] as const),
    ['findings', levelCounts(counted) + (counted.excused > 0 ? `; ${counted.excused} excused` : '')],
    ['cost', costSentence(record)],
    ...(options.folder === undefined ? [] : [['reports', visible(options.folder)] as const]),
  ]
  const wide = Math.max(...rows.map(([label]) => label.length)) + 2
  const sentence = wrap(verdictSentence(record, counted), width - verdictWord[record.verdict].length - 2)
  return [
    ...rows.map(([label, told]) => `${label.padEnd(wide)}${told}`),
    '',
    ...hang(`${verdictWord[record.verdict]}: `, sentence).map((line, index) =>
      index === 0 ? line.replace(/^\w+/, word) : line,
    ),
  ]
}
