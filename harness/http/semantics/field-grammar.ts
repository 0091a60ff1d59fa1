import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { grammarFaults } from '../grammar/field-grammar.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const mismatch = rule({
  id: 'http/field-grammar-mismatch',
  level: 'warning',
  reference: rfc(9110, '5.5'),
  says: (e: { field: string; value: string }) => `${e.field} is "${e.value}", which its grammar does not allow.`,
  wants: 'A field holds what its definition says.',
  remedy: 'Look the field up and write it as defined.',
  aka: { redbot: 'BAD_SYNTAX' },
})

const broken = rule({
  id: 'http/field-grammar-broken',
  level: 'warning',
  reference: rfc(9110, '5.5'),
  says: (e: { field: string; value: string; fits: number }) =>
    `${e.field} holds "${e.value}", of which its grammar allows the first ${e.fits} characters.`,
  wants: 'A field holds what its definition says.',
  remedy: 'Look the field up and write it as defined; often a comma or quotes are missing.',
  aka: { redbot: 'BAD_SYNTAX_DETAILED' },
})

/** Every field with a grammar against it (RFC 9110 section 5.5); what it means is told by the field's own check. */
export const fieldGrammar = check({
  id: 'http/field-grammar',
  rules: [mismatch, broken],
  *run({ now, response }: Message) {
    for (const { field, value, fits } of grammarFaults(response.fields, 'response', now)) {
      const place = `response.fields.${field}`
      if (fits === undefined) yield mismatch.at(place, { field, value: excerpt(value) })
      else yield broken.at(place, { field, value: excerpt(value), fits })
    }
  },
  examples: [
    {
      title: 'fields in order',
      given: given({
        fields: [
          ['Content-Type', 'text/html; charset="utf-8"'],
          ['Allow', ''],
          ['Server', 'a/1 (b (c))'],
        ],
      }),
      yields: [],
    },
    {
      title: 'a comma inside a link',
      given: given({
        fields: [
          ['Link', '</a,b>; rel="next"'],
          ['Retry-After', '9'],
        ],
      }),
      yields: [],
    },
    { title: 'a bare entity tag', given: given({ fields: [['ETag', 'abc']] }), yields: [mismatch] },
    {
      title: 'challenges with parameters of their own',
      given: given({ fields: [['WWW-Authenticate', 'Digest realm="a", qop="auth", Basic realm="b", Negotiate']] }),
      yields: [],
    },
    {
      title: 'a challenge with a space in its parameter',
      given: given({ fields: [['WWW-Authenticate', 'Basic realm=a b']] }),
      yields: [broken],
    },
    { title: 'no scheme', given: given({ fields: [['Proxy-Authenticate', '"a"']] }), yields: [mismatch] },
    { title: 'a blank between commas', given: given({ fields: [['Vary', 'A, , B']] }), yields: [mismatch] },
    { title: 'half a product', given: given({ fields: [['Server', 'a/']] }), yields: [broken] },
    { title: 'soon', given: given({ fields: [['Retry-After', 'soon']] }), yields: [mismatch] },
    { title: 'semicolons', given: given({ fields: [['Cache-Control', 'public; max-age=1']] }), yields: [broken] },
  ],
})
