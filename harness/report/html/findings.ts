import { levels } from '../../kernel/index.ts'
import type { RecordedFinding } from '../../record/schema.ts'
import { clip, webAddress } from '../escape.ts'
import { bySentence } from '../group.ts'
import type { FindingGroup } from '../group.ts'
import type { Tally } from '../tally.ts'
import { count, excuseSentence, levelWord } from '../words.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'

// So that the page opens at once on any machine; run.json has them all.
const sightingsAGroup = 60
const sightingsInAll = 1500

/**
 * All findings by severity, what blocks first and open, behind a filter. Consequences of a cause that is told come last, and
 * closed: they go with it.
 */
export function findingsSection(
  groups: readonly FindingGroup[],
  counted: Tally,
  consequences: readonly FindingGroup[] = [],
): Html {
  const all = [...groups, ...consequences]
  const total = all.reduce((sum, { sightings }) => sum + sightings.length, 0)
  let room = sightingsInAll
  let listed = 0
  const shown = all.map((group, index) => {
    const number = Math.min(room, sightingsAGroup, group.sightings.length)
    room -= number
    listed += number
    return number === 0 ? nothing : groupDetails(group, group.sightings.slice(0, number), index >= groups.length)
  })
  return html`<section aria-labelledby="findings">
    <h2 id="findings">Findings</h2>
    ${
      total === 0
        ? html`<p class="hint">None.</p>`
        : html`<p class="hint">
              ${counted.blocking > 0 ? 'What blocks comes first and is open.' : 'Nothing blocks.'}${excusedHint(counted)}
            </p>
            ${filter()}`
    }
    ${shown}
    ${listed < total ? html`<p class="hint" id="cut"><b>${listed.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} findings are listed here</b>, so that this page stays quick. All of them are in run.json and in the other reports.</p>` : nothing}
  </section>`
}

const excusedHint = ({ excused }: Tally): string =>
  excused === 0 ? '' : ` ${count(excused, 'finding')} would block and ${excused === 1 ? 'is' : 'are'} excused.`

function filter(): Html {
  const boxes = levels.map(
    (level) =>
      html`<label
        ><input type="checkbox" name="level" value="${level}" checked="" /> ${levelWord[level].toLowerCase()}</label
      > `,
  )
  return html`<form class="filter card" hidden="" role="search">
    <label>Filter <input type="search" name="words" placeholder="rule, place or words" /></label>
    <fieldset>
      <legend>Levels</legend>
      ${boxes}
    </fieldset>
    <button type="reset" class="link">clear</button> <output aria-live="polite"></output>
  </form>`
}

function groupDetails(group: FindingGroup, shown: readonly RecordedFinding[], follows: boolean): Html {
  const { level, rule, blocks, excuse, sightings } = group
  const said = bySentence(group)
  const [sentence] = said[0] ?? ['']
  const single = sightings.length === 1
  const tag = follows
    ? 'blocks, follows from a cause'
    : excuse === undefined
      ? blocks
        ? 'blocks'
        : ''
      : excuse.kind === 'accepted'
        ? 'accepted'
        : 'baseline'
  return html`<details
    class="group card ${level}"
    data-level="${level}"
    ${blocks && !follows ? html` open=""` : nothing}
  >
    <summary>
      <span class="badge">${levelWord[level]}</span>
      <code>${rule}</code> ${tag === '' ? nothing : html`<span class="tag">${tag}</span>`}
      ${single ? html`<span class="at">at ${clip(sightings[0].subject, 80)}</span>` : html`<span class="tag">${count(sightings.length, 'place')}</span>`}
      <span class="said"
        >${clip(sentence, 400)}${said.length > 1 ? html` <span class="tag">and ${count(said.length - 1, 'other sentence')}</span>` : nothing}</span
      >
    </summary>
    <div class="body">${single ? singleList(group) : manyList(group, shown)}</div>
  </details>`
}

const row = (label: string, value: Html): Html =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`

const command = (replay: string): Html => html`<code class="command">${clip(replay, 2000)}</code>`

function singleList(group: FindingGroup): Html {
  const [finding] = group.sightings
  return html`<dl data-sighting="">
    ${row('where', html`${clip(finding.subject, 300)} <code>${clip(finding.place, 300)}</code>`)}
    ${row('saw', html`${clip(finding.sentence, 2000)}`)}${teaching(group)} ${row('replay', command(finding.replay))}
  </dl>`
}

function manyList(group: FindingGroup, shown: readonly RecordedFinding[]): Html {
  const one = bySentence(group).length === 1
  const rows = shown.map(
    ({ subject, place, sentence, replay }) =>
      html`<tr data-sighting="">
        <td>${clip(subject, 300)}</td>
        <td><code>${clip(place, 300)}</code></td>
        ${one ? nothing : html`<td>${clip(sentence, 600)}</td>`}
        <td><code>${clip(replay, 600)}</code></td>
      </tr>`,
  )
  const hidden = group.sightings.length - shown.length
  return html`<dl>${teaching(group)}</dl>
    <div class="scroll" role="region" aria-label="Places of ${group.rule}" tabindex="0">
      <table class="wide">
        <thead>
          <tr>
            <th scope="col" class="subject">where</th>
            <th scope="col" class="place">place</th>
            ${one ? nothing : html`<th scope="col">saw</th>`}
            <th scope="col">replay</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more place')}: all are in run.json</p>` : nothing}`
}

function teaching({ wants, remedy, reference, excuse }: FindingGroup): Html {
  const title = clip(reference.title, 300)
  // Only web addresses become links: anything else stays text.
  const address = webAddress(reference.url)
  const source =
    address === undefined
      ? html`${title} ${clip(reference.url, 300)}`
      : html`<a href="${address}" rel="noreferrer noopener">${title}</a>`
  return html`${row('wanted', html`${clip(wants, 2000)}`)} ${row('mend', html`${clip(remedy, 2000)}`)}
  ${row('source', source)}
  ${excuse === undefined ? nothing : row('excused', html`${clip(excuseSentence(excuse), 600)}`)}`
}
