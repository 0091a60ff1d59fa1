import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const repeated = rule({
  id: 'http/singleton-fields-repeated',
  level: 'error',
  reference: rfc(9110, '5.3'),
  says: (e: { field: string; values: readonly string[] }) =>
    `${e.field} is there more than once: ${e.values.join(' | ')}.`,
  wants: 'A field that is no list stands in one line.',
  remedy: 'Find the second place that sets it, often a proxy that adds where it should replace.',
  aka: { redbot: 'SINGLE_HEADER_REPEAT' },
})

// Content-Length and Strict-Transport-Security have checks of their own that tell more.
const singletons = new Set(
  (
    'age content-disposition content-location content-range content-type date etag expires last-modified location ' +
    'retry-after sunset access-control-max-age access-control-allow-credentials access-control-allow-origin ' +
    'cross-origin-resource-policy mime-version p3p x-frame-options access-control content-base ' +
    'content-md5 cteonnt-length connectiox content-transfer-encoding'
  ).split(' '),
)

/** Fields that are no lists stand once (RFC 9110 section 5.3). */
export const singletonFields = check({
  id: 'http/singleton-fields',
  rules: [repeated],
  *run({ response }: Message) {
    for (const field of response.fields.names()) {
      if (!singletons.has(field)) continue
      const values = response.fields.all(field)
      if (values.length > 1)
        yield repeated.at(`response.fields.${field}`, { field, values: values.slice(0, 3).map(excerpt) })
    }
  },
  examples: [
    {
      title: 'lists on several lines',
      given: given({
        fields: [
          ['Vary', 'A'],
          ['Vary', 'B'],
          ['Set-Cookie', 'a=b'],
          ['Set-Cookie', 'c=d'],
        ],
      }),
      yields: [],
    },
    {
      title: 'two encodings of mail',
      given: given({
        fields: [
          ['Content-Transfer-Encoding', '8bit'],
          ['Content-Transfer-Encoding', 'binary'],
        ],
      }),
      yields: [repeated],
    },
    {
      title: 'two types',
      given: given({
        fields: [
          ['Content-Type', 'text/html'],
          ['content-type', 'text/html'],
        ],
      }),
      yields: [repeated],
    },
  ],
})
