import type { Timeline } from '../../kernel/index.ts'
import type { RecordedStep } from '../../record/schema.ts'
import { clip } from '../escape.ts'
import { drawingOf, isDrawn, markText, shortly } from '../timeline.ts'
import type { Drawing } from '../timeline.ts'
import { count, milliseconds, outcomeWord } from '../words.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'
import { drawn } from './timeline-drawing.ts'

const timelinesShown = 60

/** What happened in each step that has a timeline, and when; those that did not pass come first, and are open. */
export function timelinesSection(steps: readonly RecordedStep[]): Html {
  const told = [...steps.filter(isDrawn), ...steps.filter((step) => !isDrawn(step))].flatMap((step) =>
    step.timeline === undefined ? [] : [{ step, timeline: step.timeline }],
  )
  if (told.length === 0) return nothing
  const cards = told.slice(0, timelinesShown).map(({ step, timeline }, index) => card(step, timeline, index))
  const hidden = told.length - cards.length
  return html`<section aria-labelledby="timelines">
    <h2 id="timelines">Timelines</h2>
    ${cards}${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more timeline')}: all are in run.json</p>` : nothing}
  </section>`
}

function card(step: RecordedStep, timeline: Timeline, index: number): Html {
  const short = isDrawn(step) ? undefined : shortly(timeline)
  const drawing = drawingOf(timeline)
  const facts = drawing.facts.map(
    ({ what, value }) =>
      html`<dt>${clip(what, 100)}</dt>
        <dd>${clip(value, 1000)}</dd>`,
  )
  return html`<details class="card timeline" ${isDrawn(step) ? html` open=""` : nothing}>
    <summary>
      <span class="outcome ${step.outcome.kind}">${outcomeWord[step.outcome.kind]}</span>
      <b>${clip(timeline.title, 200)}</b>
      ${short === undefined ? nothing : html`<span class="said at">${short}</span>`}
    </summary>
    <div class="body">
      ${facts.length === 0 ? nothing : html`<dl>${facts}</dl>`}
      <div class="scroll" role="region" aria-label="Timeline of ${clip(timeline.title, 200)}" tabindex="0">
        ${drawn(timeline.title, drawing, index)}
      </div>
      ${drawing.hidden > 0 ? html`<p class="hint">and ${count(drawing.hidden, 'more moment')}: all are in run.json</p>` : nothing}
      ${inWords(drawing)}
    </div>
  </details>`
}

/** The same in full: what is drawn is cut where it does not fit. */
function inWords({ marks, spans }: Drawing): Html {
  const rows = [
    ...spans.map(({ from, to, what }) => ({ when: milliseconds(to - from), what })),
    ...marks.map((mark) => ({ when: milliseconds(mark.at, { signed: true }), what: markText(mark) })),
  ].map(
    ({ when, what }) =>
      html`<tr>
        <td class="number">${when}</td>
        <td>${clip(what, 1000)}</td>
      </tr>`,
  )
  return html`<details>
    <summary>In words</summary>
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">when, or for how long</th>
          <th scope="col">what</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </details>`
}
