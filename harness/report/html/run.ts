import type { RecordedStep, RunRecord } from '../../record/schema.ts'
import { clip } from '../escape.ts'
import { costSentence, count, machineSentence } from '../words.ts'
import { lines } from './blind.ts'
import { html, nothing } from './html.ts'
import type { Html } from './html.ts'

const attachmentsShown = 60
const attachmentLength = 12_000

/** Logs, captures and observations that steps left, of the steps that did not pass first. */
export function evidenceSection(steps: readonly RecordedStep[]): Html {
  const passed = (step: RecordedStep): boolean => step.outcome.kind === 'passed' || step.outcome.kind === 'skipped'
  const kept = [...steps.filter((step) => !passed(step)), ...steps.filter(passed)].flatMap((step) =>
    (step.attachments ?? []).map((attachment) => ({ step, attachment })),
  )
  if (kept.length === 0) return nothing
  const shown = kept.slice(0, attachmentsShown).map(
    ({ step, attachment }) =>
      html`<details class="card note">
        <summary>
          <code>${attachment.name}</code> <span class="tag">${clip(`${step.id} at ${step.subject}`, 200)}</span>
        </summary>
        ${lines(`${attachment.content}\n`, attachmentLength)}
      </details>`,
  )
  const hidden = kept.length - shown.length
  return html`<section aria-labelledby="evidence">
    <h2 id="evidence">Evidence</h2>
    ${shown}${hidden > 0 ? html`<p class="hint">and ${count(hidden, 'more piece')}: all are in run.json</p>` : nothing}
  </section>`
}

/** What was started, where it ran, what it cost, and how to run it again. */
export function runSection(record: RunRecord): Html {
  const parts = record.stack.map(
    ({ name, kind, description }) =>
      html`<tr>
        <td>${name}</td>
        <td>${kind === 'container' ? 'container' : 'runs already'}</td>
        <td><code>${clip(description, 300)}</code></td>
      </tr>`,
  )
  return html`<section aria-labelledby="run">
    <h2 id="run">The run</h2>
    ${
      parts.length === 0
        ? html`<p class="hint">Nothing was started.</p>`
        : html`<div class="card scroll" role="region" aria-label="The stack" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">part</th>
                  <th scope="col">kind</th>
                  <th scope="col">what</th>
                </tr>
              </thead>
              <tbody>
                ${parts}
              </tbody>
            </table>
          </div>`
    }
    <dl>
      <dt>run</dt>
      <dd><code>${record.id}</code></dd>
      <dt>again</dt>
      <dd><code class="command">${clip(record.command, 2000)}</code></dd>
      <dt>seed</dt>
      <dd>${record.seed}</dd>
      <dt>machine</dt>
      <dd>${machineSentence(record)}</dd>
      <dt>cost</dt>
      <dd>${costSentence(record)}</dd>
      <dt>time</dt>
      <dd>${record.startedAt} to ${record.endedAt}${record.state === 'interrupted' ? ', ended from outside' : ''}</dd>
    </dl>
  </section>`
}
