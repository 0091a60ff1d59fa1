import { consequencesOf } from '../judge/diagnosis/index.ts'
import type { LikelyCause, RecordedFinding, RunRecord } from '../record/schema.ts'
import { clip, visible } from './escape.ts'
import { findingsOf } from './group.ts'
import { count, list, thingWord } from './words.ts'

/** One likely cause, ready to be read by a person. Every text is safe for a terminal. */
export interface CauseStory {
  readonly thing: string
  /** `seen down, score 0.67, explains 2 of 3`. */
  readonly about: string
  /** What was found of it, and lines that name it. */
  readonly because: readonly string[]
  /** What is down because of it, each with what was found of it. Told under the likeliest cause, and named under others. */
  readonly hence: readonly string[]
  /** Nobody saw a suspect down: what would follow is told as no more than that. */
  readonly leads: 'hence' | 'if so'
  /** What speaks against it. */
  readonly though: readonly string[]
}

/** What the run says of causes; none where nobody said what needs what. */
export interface CausesStory {
  readonly causes: readonly CauseStory[]
  /** Causes that are not told. */
  readonly hidden: number
  readonly title: string
  /** Findings that stand under a cause instead of beside it, and the others. */
  readonly consequences: readonly RecordedFinding[]
  readonly others: readonly RecordedFinding[]
}

const causesShown = 10
const linesShown = 12
const lineLength = 400

export function causesStory(record: RunRecord): CausesStory {
  const { diagnosis } = record
  const findings = findingsOf(record)
  if (diagnosis === undefined) return { causes: [], hidden: 0, title: '', consequences: [], others: findings }
  const under = consequencesOf(diagnosis)
  const follows = ({ blocks, about }: RecordedFinding): boolean => blocks && about !== undefined && under.has(about)
  const shown = diagnosis.causes.slice(0, causesShown)
  return {
    causes: shown.map((cause) => storyOf(cause, diagnosis.down, under, findings)),
    hidden: diagnosis.causes.length - shown.length,
    title: `Most likely causes of ${count(diagnosis.down, 'thing')} that ${diagnosis.down === 1 ? 'is' : 'are'} down`,
    consequences: findings.filter(follows),
    others: findings.filter((finding) => !follows(finding)),
  }
}

function storyOf(
  { thing, state, score, explains, against, evidence }: LikelyCause,
  down: number,
  under: ReadonlyMap<string, string>,
  findings: readonly RecordedFinding[],
): CauseStory {
  const hit = explains.filter((each) => each.state === 'down').length + (state === 'down' ? 1 : 0)
  return {
    thing: line(thing),
    about: `${thingWord[state]}, score ${score.toFixed(2)}, ${state === 'down' ? 'explains' : 'would explain'} ${hit} of ${down}`,
    because: some(evidence.map(({ from, line: said }) => line(`${said} (${from})`))),
    hence: some(
      explains.map((each) => {
        const way = each.via.length === 0 ? '' : `, by way of ${each.via.join(', ')}`
        if (under.get(each.thing) !== thing)
          return line(`${each.thing}${way}${each.state === 'down' ? '' : `: ${thingWord[each.state]}`}`)
        const found = findings.filter(({ about, blocks }) => blocks && about === each.thing)
        const said = found.map(({ sentence, rule }) => `${sentence} (${rule})`)
        return line(`${each.thing}${way}: ${said.length === 0 ? thingWord[each.state] : said.join(' ')}`)
      }),
    ),
    leads: state === 'down' ? 'hence' : 'if so',
    though:
      against.length === 0
        ? []
        : [
            line(
              `${list(against)} ${against.length === 1 ? 'needs' : 'need'} it and ${against.length === 1 ? 'is' : 'are'} up.`,
            ),
          ],
  }
}

const line = (text: string): string => visible(clip(text, lineLength))

function some(lines: readonly string[]): string[] {
  const hidden = lines.length - linesShown
  return [...lines.slice(0, linesShown), ...(hidden > 0 ? [`and ${hidden} more: all are in run.json`] : [])]
}
