import { safeJson } from '../escape.ts'
import type { ReportFormat } from '../format.ts'
import { blindness } from '../tally.ts'

/**
 * One object a line, told apart by `is`: `finding`, `unsettled` (a step that could not look),
 * `note` (of the gate), and at last `verdict`. A file without its last line is not whole.
 */
export const jsonl: ReportFormat = {
  name: 'jsonl',
  summary: 'a line for each finding and each step that could not look, for log pipelines',
  file: 'findings.jsonl',
  render(record) {
    const run = record.id
    const lines: unknown[] = []
    for (const step of record.steps) {
      for (const finding of step.findings) lines.push({ is: 'finding', run, step: step.id, ...finding })
      const blind = blindness(step)
      if (blind !== undefined) {
        const { because, why, mend } = blind
        lines.push({ is: 'unsettled', run, step: step.id, subject: step.subject, because, why, mend })
      }
    }
    for (const cause of record.diagnosis?.causes ?? []) lines.push({ is: 'cause', run, ...cause })
    for (const note of record.notes) lines.push({ is: 'note', run, ...note })
    const { verdict, exitCode, state, endedAt } = record
    lines.push({ is: 'verdict', run, verdict, exitCode, state, endedAt })
    return lines.map((line) => `${safeJson(line)}\n`).join('')
  },
}
