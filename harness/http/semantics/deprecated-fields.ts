import { check, document, rule } from '../../kernel/index.ts'
import { deprecatedFields as deprecated, droppedFields } from '../grammar/deprecated-fields.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const present = rule({
  id: 'http/deprecated-fields-present',
  level: 'warning',
  reference: document(
    'IANA HTTP Field Name Registry',
    'https://www.iana.org/assignments/http-fields/http-fields.xhtml',
  ),
  says: (e: { field: string; instead: string }) =>
    `${e.field} is there, which is no longer read${e.instead === '' ? '' : `; ${e.instead}`}.`,
  wants: 'Responses carry fields that are in use.',
  remedy: 'Drop the field.',
  aka: { redbot: 'FIELD_DEPRECATED' },
})

const dropped = rule({
  id: 'http/deprecated-fields-dropped',
  level: 'warning',
  reference: document('MDN, HTTP headers', 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers'),
  says: (e: { field: string }) => `${e.field} is there, which nobody reads any more.`,
  wants: 'Responses carry fields that are in use.',
  remedy: 'Drop the field.',
})

/** Fields that the registry calls deprecated or obsolete, or that browsers have dropped. */
export const deprecatedFields = check({
  id: 'http/deprecated-fields',
  rules: [present, dropped],
  *run({ response }: Message) {
    for (const field of response.fields.names()) {
      const instead = deprecated.get(field)
      if (instead !== undefined) yield present.at(`response.fields.${field}`, { field, instead })
      if (droppedFields.has(field)) yield dropped.at(`response.fields.${field}`, { field })
    }
  },
  examples: [
    { title: 'none', given: given({ fields: [['Content-Type', 'text/plain']] }), yields: [] },
    { title: 'a policy of old browsers', given: given({ fields: [['X-WebKit-CSP', 'a']] }), yields: [present] },
    { title: 'a hint of old clients', given: given({ fields: [['DPR', '2']] }), yields: [present] },
    { title: 'Tk', given: given({ fields: [['Tk', 'N']] }), yields: [dropped] },
    { title: 'P3P', given: given({ fields: [['P3P', 'CP="x"']] }), yields: [present] },
    { title: 'Expect-CT', given: given({ fields: [['Expect-CT', 'max-age=60']] }), yields: [present] },
  ],
})
