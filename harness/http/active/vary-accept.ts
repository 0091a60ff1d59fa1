import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import { isUnstorable } from '../cacheability.ts'
import type { ProbeContext } from '../probe-context.ts'
import { essence, noPage, varies } from './support/page.ts'

const missing = rule({
  id: 'http/vary-accept-missing',
  level: 'error',
  reference: rfc(9110, '12.5.5'),
  says: (e: { html: string; json: string }) =>
    `Accept decides between ${e.html} and ${e.json}, caches may keep both, and Vary does not name Accept.`,
  wants: 'An answer chosen by Accept says Vary: Accept.',
  remedy: 'Send Vary: Accept with every answer of the page; else a cache gives one kind of client the other kind.',
})

interface Seen {
  /** Media types of the answers to Accept: text/html and Accept: application/json. */
  readonly html: string
  readonly json: string
  /** Both answers name Accept in Vary. */
  readonly varies: boolean
  /** A cache may keep at least one of them. */
  readonly storable: boolean
}

/** The page for a person, and for a program. */
export const varyAccept = probe({
  id: 'http/vary-accept',
  rules: [missing],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const without = noPage(context)
    if (without !== undefined) return without
    const html = await context.ask({ fields: [['Accept', 'text/html']] })
    const json = await context.ask({ fields: [['Accept', 'application/json']] })
    const answers = [html, json]
    if (answers.some(({ response }) => response.status !== 200)) {
      const statuses = answers.map(({ response }) => response.status).join(' and ')
      return { notApplicable: `Accept changes the status: ${statuses}` }
    }
    return {
      html: essence(html),
      json: essence(json),
      varies: answers.every(({ response }) => varies(response.fields, 'accept')),
      storable: answers.some((answer) => !isUnstorable(answer)),
    }
  },
  *run({ html, json, varies: told, storable }: Seen) {
    if (html !== json && !told && storable) yield missing.at('response.fields.vary', { html, json })
  },
  examples: [
    { title: 'one type', given: { html: 'text/html', json: 'text/html', varies: false, storable: true }, yields: [] },
    {
      title: 'two types, and told',
      given: { html: 'text/html', json: 'application/json', varies: true, storable: true },
      yields: [],
    },
    {
      title: 'two types that no cache keeps',
      given: { html: 'text/html', json: 'application/json', varies: false, storable: false },
      yields: [],
    },
    {
      title: 'two types, not told',
      given: { html: 'text/html', json: 'application/json', varies: false, storable: true },
      yields: [missing],
    },
  ],
})
