import type { OutcomeKind } from '../../kernel/index.ts'
import type { RecordedStep } from '../../record/schema.ts'
import { clip } from '../escape.ts'
import type { Tally } from '../tally.ts'
import { count, duration, outcomeCounts, outcomeWord } from '../words.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'

const stepsShown = 400
const openUpTo = 40
const lanes = 10
const laneHeight = 14

/** A step with its place on the axis, in thousandths of the run. */
interface Bar {
  readonly step: RecordedStep
  readonly from: number
  readonly width: number
}

/** When each step ran and what became of it: an overview, and a table with a bar a step. */
export function stepsSection(steps: readonly RecordedStep[], { outcomes }: Tally): Html {
  const shown = shownSteps(steps)
  const first = steps.reduce((least, { startedAt }) => Math.min(least, startedAt), Infinity)
  const last = steps.reduce((most, { startedAt, durationMs }) => Math.max(most, startedAt + durationMs), -Infinity)
  const span = Math.max(last - first, 1)
  const bars = shown.map((step): Bar => {
    const from = within(((step.startedAt - first) / span) * 1000, 0, 997)
    return { step, from, width: within((step.durationMs / span) * 1000, 3, 1000 - from) }
  })
  const hidden = steps.length - shown.length
  return html`<section aria-labelledby="steps">
    <h2 id="steps">Steps in time</h2>
    <p class="hint">${outcomeCounts(outcomes)}.</p>
    ${
      steps.length === 0
        ? nothing
        : html`<div class="card time">${legend()}${overview(bars, outcomes)}${axis(span)}</div>
            <details class="card" ${steps.length <= openUpTo ? html` open=""` : nothing}>
              <summary>Every step</summary>
              <div class="scroll" role="region" aria-label="Steps" tabindex="0">
                <table class="steps wide">
                  <thead>
                    <tr>
                      <th scope="col">step</th>
                      <th scope="col">looked at</th>
                      <th scope="col">outcome</th>
                      <th scope="col" class="number">took</th>
                      <th scope="col">when</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${bars.map(stepRow)}
                  </tbody>
                </table>
              </div>
              ${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more step')} that passed or came later: all are in run.json</p>` : nothing}
            </details>`
    }
  </section>`
}

/** When there are too many: those that failed or could not look, then the first of the others. */
function shownSteps(steps: readonly RecordedStep[]): RecordedStep[] {
  const grave = (step: RecordedStep): boolean => step.outcome.kind === 'failed' || step.outcome.kind === 'unsettled'
  const chosen = steps.length <= stepsShown ? steps : [...steps.filter(grave), ...steps.filter((step) => !grave(step))]
  return chosen.slice(0, stepsShown).toSorted((a, b) => a.startedAt - b.startedAt)
}

const within = (value: number, least: number, most: number): number =>
  Number.isFinite(value) ? Math.round(Math.min(Math.max(value, least), most) * 100) / 100 : least

const rect = ({ step, from, width }: Bar, y: number, height: number, title: Html): Html =>
  html`<rect class="${step.outcome.kind}" x="${from}" y="${y}" width="${width}" height="${height}">${title}</rect>`

/** Steps that ran side by side lie on lanes of their own. */
function overview(bars: readonly Bar[], outcomes: Readonly<Record<OutcomeKind, number>>): Html {
  const free: number[] = []
  const rects = bars.map((bar) => {
    let lane = free.findIndex((until) => until <= bar.from)
    if (lane === -1) lane = free.length < lanes ? free.length : free.indexOf(Math.min(...free))
    free[lane] = bar.from + bar.width
    const { id, subject, durationMs, outcome } = bar.step
    const title = html`<title>
      ${clip(`${id} at ${subject}`, 300)}: ${outcomeWord[outcome.kind]}, ${duration(durationMs)}
    </title>`
    return rect(bar, lane * laneHeight + 1, laneHeight - 2, title)
  })
  const height = free.length * laneHeight
  return html`<svg
    viewBox="0 0 1000 ${height}"
    height="${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label="Steps in time: ${outcomeCounts(outcomes)}"
  >
    ${rects}
  </svg>`
}

function axis(span: number): Html {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => html`<li>${duration(span * part)}</li>`)
  return html`<ol class="axis" aria-hidden="true">
    ${ticks}
  </ol>`
}

function legend(): Html {
  const kinds: readonly OutcomeKind[] = ['failed', 'unsettled', 'passed', 'skipped']
  const items = kinds.map(
    (kind) =>
      html`<li>
        <svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${kind}" width="10" height="10" /></svg
        >${outcomeWord[kind]}
      </li>`,
  )
  return html`<ul class="key">
    ${items}
  </ul>`
}

function stepRow(bar: Bar): Html {
  const { id, subject, outcome, durationMs, looked } = bar.step
  const asserts =
    looked.length === 0 && outcome.kind === 'passed' ? html` <span class="tag">looked at nothing</span>` : nothing
  const why = outcome.kind === 'skipped' ? html` <span class="tag">${clip(outcome.why, 120)}</span>` : asserts
  return html`<tr>
    <td><code>${id}</code></td>
    <td>${clip(subject, 300)}</td>
    <td><span class="outcome ${outcome.kind}">${outcomeWord[outcome.kind]}</span>${why}</td>
    <td class="number">${duration(durationMs)}</td>
    <td class="bar">
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${rect(bar, 0, 10, nothing)}</svg>
    </td>
  </tr>`
}
