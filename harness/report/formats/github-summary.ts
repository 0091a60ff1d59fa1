import { Buffer } from 'node:buffer'
import type { RunRecord } from '../../record/schema.ts'
import { causesStory } from '../causes.ts'
import type { CausesStory } from '../causes.ts'
import { clip, visible, webAddress } from '../escape.ts'
import type { ReportFormat } from '../format.ts'
import { bySentence, groupFindings } from '../group.ts'
import type { FindingGroup } from '../group.ts'
import { blindness, tally } from '../tally.ts'
import { lessonOf, whereOf } from '../teach.ts'
import { isDrawn, shortly, timelineLines } from '../timeline.ts'
import {
  costSentence,
  count,
  excuseSentence,
  levelCounts,
  levelWord,
  noteWord,
  outcomeWord,
  unsettledWord,
  verdictSentence,
  verdictWord,
} from '../words.ts'

// GitHub refuses a summary of more than 1 MiB; room is kept for the line that says what is left out.
const limitBytes = 1024 * 1024 - 4096

const sign = { passed: '✅', failed: '❌', unsettled: '⚠️' } as const

/** Markdown for `$GITHUB_STEP_SUMMARY`, cut off visibly before it grows too large. */
export const githubSummary: ReportFormat = {
  name: 'github-summary',
  summary: 'Markdown for the job summary of GitHub Actions',
  file: 'summary.md',
  render(record) {
    const counted = tally(record)
    const story = causesStory(record)
    const groups = groupFindings(story.others)
    const blocks = [
      `## ${sign[record.verdict]} Seatrial: ${verdictWord[record.verdict]}\n\n${plain(verdictSentence(record, counted))}\n`,
      stepsTable(record),
      `${plain(`Findings: ${levelCounts(counted)}; ${counted.excused} excused. Cost: ${costSentence(record)}.`)}\n`,
      ...headed(`### ${story.title}\n`, causesBlocks(story)),
      ...headed('### What blocks\n', groups.filter((group) => group.blocks).map(blockingSection)),
      ...headed('### What could not be looked at\n', unsettledLines(record)),
      ...headed('### What happened when\n', timelines(record)),
      ...headed(
        '### What the gate says\n',
        record.notes.map(
          (note) => `- ${note.blocks ? '**blocks** ' : ''}${noteWord[note.kind]}: ${plain(clip(note.text, 2000))}`,
        ),
      ),
      ...headed(
        '### What does not block\n',
        groups.filter((group) => !group.blocks && group.level !== 'good').map(quietLine),
      ),
    ]
    return fit(blocks)
  },
}

const headed = (heading: string, blocks: readonly string[]): string[] =>
  blocks.length === 0 ? [] : [heading, ...blocks]

// As character references these cannot be structure, links, mentions or mathematics.
const plain = (text: string): string =>
  visible(text)
    .replace(/[&<>"'`*_~\\[\]()#|!@$:]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\bwww\./gi, (start) => start.replace('.', '&#46;'))

const code = (text: string): string => `<code>${plain(text)}</code>`

function stepsTable(record: RunRecord): string {
  const rows = tally(record).practices.map(
    ([practice, , { passed, failed, unsettled, skipped }]) =>
      `| ${plain(practice)} | ${passed} | ${failed} | ${unsettled} | ${skipped} |`,
  )
  const { passed, failed, unsettled, skipped } = outcomeWord
  return [
    `| practice | ${passed} | ${failed} | ${unsettled} | ${skipped} |`,
    '|---|--:|--:|--:|--:|',
    ...rows,
    '',
  ].join('\n')
}

/** A numbered list, and what follows from each cause under it. */
function causesBlocks({ causes, hidden }: CausesStory): string[] {
  const told = causes.map(({ thing, about, because, leads, hence, though }, index) => {
    const under = [
      ...because.map((each) => `because: ${plain(each)}`),
      ...hence.map((each) => `${leads}: ${plain(each)}`),
      ...though.map((each) => `though: ${plain(each)}`),
    ]
    return [`${index + 1}. ${code(thing)}: ${plain(about)}`, ...under.map((each) => `   - ${each}`)].join('\n')
  })
  return hidden > 0 ? [...told, `and ${count(hidden, 'more cause')}: all are in run.json\n`] : told
}

function blockingSection(group: FindingGroup): string {
  const { where, facts } = lessonOf(group)
  const address = webAddress(group.reference.url)
  const items = facts.map(({ label, text }) => {
    if (label === 'source' && address !== undefined) {
      return row(label, `<a href="${plain(address)}">${plain(group.reference.title)}</a>`)
    }
    return row(label === 'more' ? '' : label, label === 'replay' ? code(text) : plain(text))
  })
  return `<details open><summary><b>${levelWord[group.level]}</b> ${code(group.rule)} at ${plain(where)}</summary><table>${items.join('')}</table></details>\n`
}

const row = (label: string, markdown: string): string => `<tr><td>${label}</td><td>${markdown}</td></tr>`

function quietLine(group: FindingGroup): string {
  const [sentence] = bySentence(group)[0] ?? ['']
  const why = group.excuse === undefined ? '' : ` (${plain(clip(excuseSentence(group.excuse), 300))})`
  const others = group.sightings.length > 1 ? ` and ${count(group.sightings.length - 1, 'other place')}` : ''
  return `- ${levelWord[group.level]} ${code(group.rule)}: ${plain(clip(sentence, 300))} At ${plain(whereOf(group.sightings[0]))}${others}${why}`
}

function unsettledLines(record: RunRecord): string[] {
  return record.steps.flatMap((step) => {
    const { id, subject } = step
    const unsettled = blindness(step)
    if (unsettled === undefined) return []
    const { because, why, mend } = unsettled
    return [
      `- ${code(id)} at ${plain(subject)}: ${unsettledWord[because]}. ${plain(clip(why, 1000))} Mend: ${plain(clip(mend, 1000))}`,
    ]
  })
}

/** Drawn in full where something is wrong; as references, because a blank line would end the block. */
function timelines({ steps }: RunRecord): string[] {
  return steps.flatMap((step) => {
    const { timeline, id } = step
    if (timeline === undefined) return []
    const title = plain(clip(timeline.title, 200))
    if (isDrawn(step)) {
      const lines = timelineLines(timeline, 80).map(plain).join('&#10;')
      return [`<details open><summary>${code(id)}: ${title}</summary><pre>${lines}</pre></details>\n`]
    }
    const short = shortly(timeline)
    return short === undefined ? [] : [`- ${title}: ${plain(short)}`]
  })
}

function fit(blocks: readonly string[]): string {
  let text = ''
  let size = 0
  for (const [index, block] of blocks.entries()) {
    const length = Buffer.byteLength(block) + 1
    if (size + length > limitBytes) {
      return `${text}\n**Cut off here, because GitHub takes 1 MiB: ${count(blocks.length - index, 'more entry', 'more entries')}. All are in run.json.**\n`
    }
    text += `${block}\n`
    size += length
  }
  return text
}
