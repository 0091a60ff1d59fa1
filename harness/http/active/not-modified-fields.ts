import { probe, rfc, rule } from '../../kernel/index.ts'
import type { NotApplicable } from '../../kernel/index.ts'
import type { ProbeContext } from '../probe-context.ts'
import { noPage } from './support/page.ts'

// A MUST of the RFC, yet only a warning: Apache 2.4 as it comes leaves Vary out of its 304.
const missing = rule({
  id: 'http/not-modified-fields-missing',
  level: 'warning',
  reference: rfc(9110, '15.4.5'),
  says: (e: { field: string }) => `The 304 lacks ${e.field}, which the 200 has.`,
  wants: 'A 304 repeats Cache-Control, Content-Location, ETag, Expires and Vary of the 200.',
  remedy:
    'Add the field to answers of every status (nginx: "always"), because caches update what they hold from a 304.',
  aka: { redbot: 'MISSING_HDRS_304' },
})

const different = rule({
  id: 'http/not-modified-fields-different',
  level: 'warning',
  reference: rfc(9111, '4.3.4'),
  says: (e: { field: string; full: string; notModified: string }) =>
    `${e.field} is "${e.notModified}" in the 304 and "${e.full}" in the 200.`,
  wants: 'A 304 says of the content what the 200 said.',
  remedy: 'Make both answers from the same place; a cache replaces what it holds by what the 304 says.',
})

const required = ['Cache-Control', 'Content-Location', 'ETag', 'Expires', 'Vary'] as const
// Expires and Cache-Control may count down from one answer to the next.
const constant: readonly string[] = ['Content-Location', 'ETag', 'Vary']

interface Seen {
  /** What the two answers say, of the fields that the 200 has. */
  readonly fields: readonly { readonly field: string; readonly full: string; readonly notModified: string | null }[]
}

/** What a 304 must repeat of the 200. */
export const notModifiedFields = probe({
  id: 'http/not-modified-fields',
  rules: [missing, different],
  async gather(context: ProbeContext): Promise<Seen | NotApplicable> {
    const { base, ask } = context
    const without = noPage(context)
    if (without !== undefined) return without
    const etag = base.response.fields.get('etag')
    const lastModified = base.response.fields.get('last-modified')
    if (etag === undefined && lastModified === undefined) return { notApplicable: 'the page has no validator' }
    const answer = await ask({
      fields: [etag === undefined ? ['If-Modified-Since', lastModified ?? ''] : ['If-None-Match', etag]],
    })
    if (answer.response.status !== 304) return { notApplicable: 'a conditional request is not answered 304' }
    return {
      fields: required.flatMap((field) => {
        const full = base.response.fields.get(field)
        return full === undefined ? [] : [{ field, full, notModified: answer.response.fields.get(field) ?? null }]
      }),
    }
  },
  *run({ fields }: Seen) {
    for (const { field, full, notModified } of fields) {
      const place = `response.fields.${field.toLowerCase()}`
      if (notModified === null) yield missing.at(place, { field })
      else if (constant.includes(field) && notModified !== full) yield different.at(place, { field, full, notModified })
    }
  },
  examples: [
    {
      title: 'all that the 200 has, with another lifetime left',
      given: {
        fields: [
          { field: 'ETag', full: '"a"', notModified: '"a"' },
          { field: 'Cache-Control', full: 'max-age=60', notModified: 'max-age=59' },
        ],
      },
      yields: [],
    },
    {
      title: 'no Vary',
      given: { fields: [{ field: 'Vary', full: 'Accept-Encoding', notModified: null }] },
      yields: [missing],
    },
    {
      title: 'another tag',
      given: { fields: [{ field: 'ETag', full: '"a"', notModified: '"b"' }] },
      yields: [different],
    },
  ],
})
