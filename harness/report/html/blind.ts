import type { RunRecord } from '../../record/schema.ts'
import { clip, markupLines } from '../escape.ts'
import { blindness } from '../tally.ts'
import { count, noteWord, unsettledWord } from '../words.ts'
import { html, nothing, trusted } from './html.ts'
import type { Html } from './html.ts'

const placesShown = 40
const reasonsShown = 200

/** What nobody can tell, and why: the steps that could not look, then those that were skipped. */
export function blindSection({ steps, gate }: RunRecord): Html {
  const blind = steps.flatMap((step) => {
    const why = blindness(step)
    return why === undefined ? [] : [{ step, ...why }]
  })
  const alike = [...Map.groupBy(blind, ({ because, why, mend }) => JSON.stringify([because, why, mend])).values()]
  const reasons = alike.slice(0, reasonsShown).flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const { because, why, mend } = first
    const where = same
      .slice(0, placesShown)
      .map(({ step }) => html`<li><code>${step.id}</code> at ${clip(step.subject, 300)}</li>`)
    const hidden = same.length - where.length
    return [
      html`<article class="card blind">
        <h3>
          ${count(same.length, 'step')}: ${unsettledWord[because]}
          ${gate.allow.includes(because) ? html`<span class="tag">allowed by the gate</span>` : nothing}
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
      </article>`,
    ]
  })
  const skipped = Map.groupBy(
    steps.flatMap(({ id, outcome }) => (outcome.kind === 'skipped' ? [{ id, why: outcome.why }] : [])),
    ({ why }) => why,
  )
  const idle = [...skipped]
    .slice(0, reasonsShown)
    .map(
      ([why, same]) =>
        html`<li>
          ${count(same.length, 'step')} skipped: ${clip(why, 300)}
          (<code>${[...new Set(same.map(({ id }) => id))].slice(0, 6).join(', ')}</code>)
        </li>`,
    )
  const cut = alike.length - reasons.length + skipped.size - idle.length
  return html`<section aria-labelledby="blind">
    <h2 id="blind">What could not be looked at</h2>
    ${reasons.length + idle.length === 0 ? html`<p class="hint">Everything that was planned was looked at.</p>` : html`<p class="hint">Of these nobody can say that they are good.</p>`}
    ${reasons}${
      idle.length === 0
        ? nothing
        : html`<ul>
            ${idle}
          </ul>`
    }
    ${cut > 0 ? html`<p class="hint">and ${count(cut, 'more reason')}: all are in run.json</p>` : nothing}
  </section>`
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
