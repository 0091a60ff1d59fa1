import type { RunRecord } from '../../record/schema.ts'
import { clip, markupLines } from '../escape.ts'
import { blindSteps, skippedSteps } from '../unseen.ts'
import type { BlindSteps, SkippedSteps } from '../unseen.ts'
import { count, noteWord, unsettledWord } from '../words.ts'
import { html, nothing, trusted } from './html.ts'
import type { Html } from './html.ts'

const placesShown = 40
const reasonsShown = 200

/** What nobody can tell, and why: the steps that could not look, then those that were skipped. */
export function blindSection({ steps, gate }: RunRecord): Html {
  const blind = blindSteps(steps)
  const reasons = blind.slice(0, reasonsShown).map((one) => blindArticle(one, gate.allow.includes(one.because)))
  const hidden = blind.length - reasons.length
  const hint =
    blind.length === 0
      ? 'Every step that had something to look at could look.'
      : 'Of these nobody can say that they are good.'
  return html`<section aria-labelledby="blind">
    <h2 id="blind">What could not be looked at</h2>
    <p class="hint">${hint}</p>
    ${reasons}${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more reason')}: all are in run.json</p>` : nothing}
    ${skippedDetails(skippedSteps(steps))}
  </section>`
}

function blindArticle({ because, why, mend, steps }: BlindSteps, allowed: boolean): Html {
  const where = steps
    .slice(0, placesShown)
    .map(({ id, subject }) => html`<li><code>${id}</code> at ${clip(subject, 300)}</li>`)
  const hidden = steps.length - where.length
  return html`<article class="card blind">
    <h3>
      ${count(steps.length, 'step')}: ${unsettledWord[because]}
      ${allowed ? html`<span class="tag">allowed by the gate</span>` : nothing}
    </h3>
    <ul>
      ${where}${hidden > 0 ? html`<li>and ${count(hidden, 'more step')}</li>` : nothing}
    </ul>
    <dl>
      <dt>why</dt>
      <dd>${lines(why, 6000)}</dd>
      <dt>mend</dt>
      <dd>${lines(mend, 2000)}</dd>
    </dl>
  </article>`
}

function skippedDetails(skipped: readonly SkippedSteps[]): Html {
  if (skipped.length === 0) return nothing
  const total = skipped.reduce((sum, { number }) => sum + number, 0)
  const rows = skipped.slice(0, reasonsShown).map(
    ({ why, number, ids }) =>
      html`<tr>
        <td class="number">${number}</td>
        <td>${clip(why, 300)}</td>
        <td><code>${clip(ids.join(' '), 400)}</code></td>
      </tr>`,
  )
  const hidden = skipped.length - rows.length
  return html`<details class="card">
    <summary>${count(total, 'step')} skipped, each with its reason</summary>
    <div class="scroll" role="region" aria-label="Skipped steps" tabindex="0">
      <table class="wide skipped">
        <thead>
          <tr>
            <th scope="col" class="number">steps</th>
            <th scope="col">why</th>
            <th scope="col">which</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more reason')}: all are in run.json</p>` : nothing}
  </details>`
}

/** Text of one line as it is; of several, as the terminal that printed it had it. */
export function lines(text: string, limit: number): Html {
  const told = clip(text, limit)
  return told.includes('\n') ? html`<pre>${trusted(markupLines(told))}</pre>` : html`${told}`
}

export function gateSection({ notes, gate }: RunRecord): Html {
  const told = notes.map(
    ({ kind, blocks, text }) =>
      html`<article class="card note ${blocks ? 'blocks' : ''}">
        <h3>${noteWord[kind]} ${blocks ? html`<span class="tag">blocks</span>` : nothing}</h3>
        <p>${clip(text, 2000)}</p>
      </article>`,
  )
  const accepted = gate.accept.length + gate.baseline.length
  return html`<section aria-labelledby="gate">
    <h2 id="gate">The gate</h2>
    <p class="hint">
      Blocks from level ${gate.block} on.
      ${accepted === 0 ? 'Nothing is accepted in advance.' : `${count(gate.accept.length, 'acceptance')} and ${count(gate.baseline.length, 'baseline entry', 'baseline entries')}.`}${gate.allow.length > 0 ? ` Allowed not to be settled: ${gate.allow.join(', ')}.` : ''}
    </p>
    ${told.slice(0, reasonsShown)}${told.length > reasonsShown ? html`<p class="hint">and ${count(told.length - reasonsShown, 'more note')}: all are in run.json</p>` : nothing}
  </section>`
}
