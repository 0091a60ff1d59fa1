import { levels } from '../../kernel/index.ts'
import type { RecordedFinding } from '../../record/schema.ts'
import { clip } from '../escape.ts'
import { count, levelWord } from '../words.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'

const placesShown = 200

/** What was found, by what was looked at: the worst place first. */
export function placesSection(findings: readonly RecordedFinding[]): Html {
  if (findings.length === 0) return nothing
  const places = [...Map.groupBy(findings, ({ subject }) => subject)]
    .map(([subject, found]) => ({
      subject,
      blocks: found.filter(({ blocks }) => blocks).length,
      counts: levels.map((level) => found.filter((finding) => finding.level === level).length),
    }))
    .toSorted(
      (a, b) =>
        b.blocks - a.blocks || (b.counts[0] ?? 0) - (a.counts[0] ?? 0) || (b.counts[1] ?? 0) - (a.counts[1] ?? 0),
    )
  const rows = places.slice(0, placesShown).map(
    ({ subject, blocks, counts }) =>
      html`<tr>
        <td><button type="button" class="link" data-place="${subject}" disabled="">${clip(subject, 300)}</button></td>
        <td class="number">${blocks === 0 ? '' : html`<b class="outcome failed">${blocks}</b>`}</td>
        ${counts.map((number) => html`<td class="number">${number === 0 ? '' : number}</td>`)}
      </tr>`,
  )
  const hidden = places.length - rows.length
  return html`<section aria-labelledby="places">
    <h2 id="places">Places</h2>
    <p class="hint">Choose one to see only its findings.</p>
    <div class="card scroll" role="region" aria-label="Findings by place" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="subject">where</th>
            <th scope="col" class="number">blocks</th>
            ${levels.map((level) => html`<th scope="col" class="number">${levelWord[level].toLowerCase()}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more place')}: all are in run.json</p>` : nothing}
  </section>`
}
