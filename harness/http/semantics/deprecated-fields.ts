import { check, document, rule } from '../../kernel/index.ts'
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

const deprecated = new Map([
  ['content-md5', 'Repr-Digest is in its place'],
  ['content-script-type', ''],
  ['content-style-type', ''],
  ['content-version', ''],
  ['content-base', ''],
  ['expect-ct', 'Certificate Transparency is required anyway'],
  ['public-key-pins', 'pinning was given up because it locks sites out'],
  ['public-key-pins-report-only', ''],
  ['p3p', ''],
  ['pics-label', ''],
  ['feature-policy', 'Permissions-Policy is in its place'],
  ['large-allocation', ''],
  ['digest', 'Repr-Digest is in its place'],
  ['want-digest', 'Want-Repr-Digest is in its place'],
  ['warning', 'it was taken out of HTTP caching'],
  ['x-webkit-csp', 'Content-Security-Policy is in its place'],
  ['x-content-security-policy', 'Content-Security-Policy is in its place'],
  ['x-download-options', ''],
  ['x-ua-compatible', ''],
  ['x-content-encoded-by', ''],
  ['set-cookie2', 'Set-Cookie is in its place'],
  ['tk', ''],
  ['tcn', ''],
  ['alternates', ''],
  ['uri', 'Location and Link are in its place'],
  ['proxy-connection', ''],
  ['report-to', 'Reporting-Endpoints is in its place'],
  ['xroxy-connection', ''],
])

/** Fields that the registry calls deprecated or obsolete, or that browsers have dropped. */
export const deprecatedFields = check({
  id: 'http/deprecated-fields',
  rules: [present],
  *run({ response }: Message) {
    for (const field of response.fields.names()) {
      const instead = deprecated.get(field)
      if (instead !== undefined) yield present.at(`response.fields.${field}`, { field, instead })
    }
  },
  examples: [
    { title: 'none', given: given({ fields: [['Content-Type', 'text/plain']] }), yields: [] },
    { title: 'P3P', given: given({ fields: [['P3P', 'CP="x"']] }), yields: [present] },
    { title: 'Expect-CT', given: given({ fields: [['Expect-CT', 'max-age=60']] }), yields: [present] },
  ],
})
