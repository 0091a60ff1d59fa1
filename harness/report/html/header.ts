import type { RunRecord } from '../../record/schema.ts'
import type { Tally } from '../tally.ts'
import { duration, verdictSentence, verdictWord } from '../words.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'

/** The verdict, what it rests on, and the numbers behind it: the first screen answers the first question. */
export function header(record: RunRecord, counted: Tally): Html {
  const { outcomes, levels, blocking, blind } = counted
  const notes = record.notes.filter(({ blocks, kind }) => blocks && kind !== 'looked-at-nothing').length
  const when = record.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')
  return html`<header class="verdict ${record.verdict}">
    <div class="page">
      <p class="eyebrow">Seatrial ${record.seatrial}, profile ${record.profile}, ${when}</p>
      <h1>${verdictWord[record.verdict]}</h1>
      <p class="lead">${verdictSentence(record, counted)}</p>
      <ul class="tiles">
        ${tile(blocking, blocking === 1 ? 'finding blocks' : 'findings block', '#findings', blocking > 0 ? 'failed' : '')}
        ${tile(blind, blind === 1 ? 'step could not look' : 'steps could not look', '#blind', blind > 0 ? 'unsettled' : '')}
        ${notes > 0 ? tile(notes, notes === 1 ? 'note of the gate blocks' : 'notes of the gate block', '#gate', 'failed') : nothing}
        ${tile(levels.warning, levels.warning === 1 ? 'warning' : 'warnings', '#findings', '')}
        ${tile(outcomes.passed, outcomes.passed === 1 ? 'step passed' : 'steps passed', '#steps', '')}
        ${tile(duration(record.cost.wallMs), `exit code ${record.exitCode}`, '#run', '')}
      </ul>
    </div>
  </header>`
}

function tile(value: number | string, words: string, target: string, tone: string): Html {
  const shown = typeof value === 'number' ? value.toLocaleString('en-US') : value
  return html`<li>
    <a class="tile ${tone}" href="${target}"><b>${shown}</b> ${words}</a>
  </li>`
}

export function navigation(sections: readonly (readonly [id: string, title: string])[]): Html {
  const items = sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)
  return html`<nav class="page" aria-label="Sections">
    <ul>
      ${items}
    </ul>
  </nav>`
}
