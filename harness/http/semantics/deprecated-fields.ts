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

const off = rule({
  id: 'http/deprecated-fields-switched-off',
  level: 'info',
  reference: document(
    'OWASP HTTP Headers Cheat Sheet, X-XSS-Protection',
    'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html#x-xss-protection',
  ),
  says: (e: { field: string }) => `${e.field} is 0: it switches off what only old browsers still have.`,
  wants: 'Responses carry fields that are in use.',
  remedy: 'Nothing has to be done; drop the field once no such browser comes any more.',
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
  rules: [present, off, dropped],
  *run({ response }: Message) {
    for (const field of response.fields.names()) {
      const instead = deprecated.get(field)
      // The one value that guidance still asks for, so it is no reason to warn.
      const isOff = field === 'x-xss-protection' && response.fields.get(field) === '0'
      if (isOff) yield off.at(`response.fields.${field}`, { field })
      else if (instead !== undefined) yield present.at(`response.fields.${field}`, { field, instead })
      if (droppedFields.has(field)) yield dropped.at(`response.fields.${field}`, { field })
    }
  },
  examples: [
    { title: 'none', given: given({ fields: [['Content-Type', 'text/plain']] }), yields: [] },
    { title: 'a policy of old browsers', given: given({ fields: [['X-WebKit-CSP', 'a']] }), yields: [present] },
    { title: 'a hint of old clients', given: given({ fields: [['DPR', '2']] }), yields: [present] },
    { title: 'Tk', given: given({ fields: [['Tk', 'N']] }), yields: [dropped] },
    { title: 'P3P', given: given({ fields: [['P3P', 'CP="x"']] }), yields: [present] },
    { title: 'a filter of old browsers', given: given({ fields: [['X-XSS-Protection', '1']] }), yields: [present] },
    { title: 'switched off', given: given({ fields: [['X-XSS-Protection', '0']] }), yields: [off] },
    { title: 'Expect-CT', given: given({ fields: [['Expect-CT', 'max-age=60']] }), yields: [present] },
  ],
})
