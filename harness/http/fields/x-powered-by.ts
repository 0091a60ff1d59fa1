import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const revealing = rule({
  id: 'http/x-powered-by-revealing',
  level: 'warning',
  reference: rfc(9110, '17.12'),
  says: (e: { field: string; value: string }) => `${e.field} is "${e.value}": it tells an attacker which holes to try.`,
  wants: 'Responses do not tell what the application is made of.',
  remedy: 'PHP: expose_php = Off; Express: app.disable("x-powered-by"); or remove the field in the proxy.',
  aka: { redbot: 'UNNECESSARY_HEADER' },
})

const fields = [
  'x-powered-by',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-generator',
  'x-drupal-cache',
  'x-runtime',
  'x-version',
  'x-powered-cms',
  'x-php-version',
  'x-mod-pagespeed',
  'x-backend-server',
  'x-server-name',
]

/** X-Powered-By and its kin: fields that only tell what runs here (RFC 9110 section 17.12). */
export const xPoweredBy = check({
  id: 'http/x-powered-by',
  rules: [revealing],
  *run({ response }: Message) {
    for (const field of fields) {
      const value = response.fields.get(field)
      if (value !== undefined) yield revealing.at(`response.fields.${field}`, { field, value: excerpt(value) })
    }
  },
  examples: [
    { title: 'none of them', given: given({ fields: [['X-Request-Id', '1']] }), yields: [] },
    { title: 'PHP', given: given({ fields: [['X-Powered-By', 'PHP/8.2.7']] }), yields: [revealing] },
    { title: 'ASP.NET', given: given({ fields: [['X-AspNet-Version', '4.0.30319']] }), yields: [revealing] },
  ],
})
