import type { CausesStory, CauseStory } from '../causes.ts'
import { count } from '../words.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'

/** The most likely causes, each with what follows from it. */
export function causesSection({ causes, hidden, title }: CausesStory): Html {
  if (causes.length === 0) return nothing
  return html`<section aria-labelledby="causes">
    <h2 id="causes">${title}</h2>
    <p class="hint">By what needs what: mend the first, and what follows from it goes with it.</p>
    <ol class="causes">
      ${causes.map(article)}
    </ol>
    ${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more cause')}: all are in run.json</p>` : nothing}
  </section>`
}

function article({ thing, about, because, leads, hence, though }: CauseStory): Html {
  const row = (label: string, lines: readonly string[]): Html =>
    lines.length === 0
      ? nothing
      : html`<dt>${label}</dt>
          <dd>
            <ul>
              ${lines.map((each) => html`<li>${each}</li>`)}
            </ul>
          </dd>`
  return html`<li class="card note">
    <h3><code>${thing}</code> <span class="tag">${about}</span></h3>
    ${
      because.length + hence.length + though.length === 0
        ? nothing
        : html`<dl>${row('because', because)}${row(leads, hence)}${row('though', though)}</dl>`
    }
  </li>`
}
