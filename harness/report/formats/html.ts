import { createHash } from 'node:crypto'
import { causesStory } from '../causes.ts'
import type { ReportFormat } from '../format.ts'
import { findingsOf, groupFindings } from '../group.ts'
import { blindSection, gateSection } from '../html/blind.ts'
import { causesSection } from '../html/causes.ts'
import { findingsSection } from '../html/findings.ts'
import { header, navigation } from '../html/header.ts'
import { html as page, trusted } from '../html/html.ts'
import { placesSection } from '../html/places.ts'
import { evidenceSection, runSection } from '../html/run.ts'
import { script } from '../html/script.ts'
import { stepsSection } from '../html/steps.ts'
import { style } from '../html/style.ts'
import { timelinesSection } from '../html/timeline.ts'
import { tally } from '../tally.ts'
import { verdictWord } from '../words.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

// Nothing may be fetched and nothing may run but the style and the script of this very page.
const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`

/** One page in one file: it opens from a disk, asks no network for anything, and works without its script. */
export const html: ReportFormat = {
  name: 'html',
  summary: 'one self-contained page, for people',
  file: 'index.html',
  render(record) {
    const counted = tally(record)
    const findings = findingsOf(record)
    const story = causesStory(record)
    const sections = [
      ...(story.causes.length > 0 ? [['causes', 'Causes'] as const] : []),
      ['findings', 'Findings'],
      ...(findings.length > 0 ? [['places', 'Places'] as const] : []),
      ['blind', 'Not looked at'],
      ['gate', 'Gate'],
      ['steps', 'Steps in time'],
      ...(record.steps.some(({ timeline }) => timeline !== undefined) ? [['timelines', 'Timelines'] as const] : []),
      ...(record.steps.some((step) => (step.attachments ?? []).length > 0) ? [['evidence', 'Evidence'] as const] : []),
      ['run', 'Run'],
    ] as const
    const { text } = page`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="no-referrer" />
<title>${verdictWord[record.verdict]}: Seatrial ${record.id}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${header(record, counted)}
${navigation(sections)}
<main class="page">
${causesSection(story)}
${findingsSection(groupFindings(story.others), counted, groupFindings(story.consequences))}
${placesSection(findings)}
${blindSection(record)}
${gateSection(record)}
${stepsSection(record.steps, counted)}
${timelinesSection(record.steps)}
${evidenceSection(record.steps)}
${runSection(record)}
</main>
<footer><div class="page">Made by Seatrial ${record.seatrial} from the run record. The complete data is in run.json beside this page.</div></footer>
<script>${trusted(script)}</script>
</body>
</html>
`
    return text
  },
}
