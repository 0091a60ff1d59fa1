import { clip, visible } from '../escape.ts'
import type { ReportFormat } from '../format.ts'
import { findingsOf, groupFindings } from '../group.ts'
import { blindness, tally } from '../tally.ts'
import { lessonLines, lessonOf } from '../teach.ts'
import { count, noteWord, unsettledWord, verdictSentence, verdictWord } from '../words.ts'

type Command = 'error' | 'warning'

interface Annotation {
  readonly command: Command
  readonly title: string
  readonly message: string
}

// GitHub shows this many of a kind for one step of a job and drops the others in silence.
const shown = 10

/**
 * Workflow commands, as the runner of GitHub Actions reads them from the log. Print it in a step
 * of its own, because the limits hold for a step.
 */
export const githubAnnotations: ReportFormat = {
  name: 'github-annotations',
  summary: 'workflow commands that annotate a run of GitHub Actions',
  file: undefined,
  render(record) {
    const unsettled = record.steps.flatMap((step): Annotation[] => {
      const { id, subject } = step
      const blind = blindness(step)
      if (blind === undefined) return []
      const command = record.gate.allow.includes(blind.because) ? 'warning' : 'error'
      const title = `${id} could not look`
      return [
        {
          command,
          title,
          message: `${subject}: ${unsettledWord[blind.because]}.\nwhy:  ${blind.why}\nmend: ${blind.mend}`,
        },
      ]
    })
    const groups = groupFindings(findingsOf(record)).flatMap((group): Annotation[] => {
      if (!group.blocks && (group.excuse !== undefined || group.level === 'info' || group.level === 'good')) return []
      const lesson = lessonOf(group)
      const message = [lesson.where, ...lessonLines(lesson)].join('\n')
      // What blocks is an error here whatever its level, so that colour and exit code agree.
      return [{ command: group.blocks ? 'error' : 'warning', title: group.rule, message }]
    })
    const notes = record.notes.map(({ kind, blocks, text }): Annotation => {
      return { command: blocks ? 'error' : 'warning', title: `gate: ${noteWord[kind]}`, message: text }
    })
    const all = [...groups, ...unsettled, ...notes]
    const lines = (['error', 'warning'] as const).flatMap((command) =>
      all
        .filter((one) => one.command === command)
        .slice(0, shown)
        .map(lineOf),
    )
    const hidden = (['error', 'warning'] as const)
      .map((command) => [command, Math.max(0, all.filter((one) => one.command === command).length - shown)] as const)
      .filter(([, number]) => number > 0)
      .map(([command, number]) => count(number, `more ${command}`))
    const rest = hidden.length > 0 ? ` Not annotated, because GitHub shows ten of a kind: ${hidden.join(' and ')}.` : ''
    return `${lines.join('')}Seatrial: ${verdictWord[record.verdict]}. ${verdictSentence(record, tally(record))}${rest}\n`
  },
}

// The runner decodes exactly these, so a line end inside a text cannot begin a command.
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

function lineOf({ command, title, message }: Annotation): string {
  const told = message.split('\n').map(visible).join('\n')
  return `::${command} title=${property(visible(clip(title, 200)))}::${data(clip(told, 4000))}\n`
}
