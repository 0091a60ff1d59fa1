import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const revealing = rule({
  id: 'http/x-powered-by-revealing',
  level: 'warning',
  reference: rfc(9110, '17.12'),
  says: (e: { field: string; value: string }) => `${e.field} is "${e.value}": it tells an attacker which holes to try.`,
  wants: 'Responses do not tell what the application is made of.',
  remedy: 'PHP: expose_php = Off; Express: app.disable("x-powered-by"); or remove the field in the proxy.',
  aka: { redbot: 'UNNECESSARY_HEADER' },
})

const idle = note(
  'http/x-powered-by-idle',
  'UNNECESSARY_HEADER',
  rfc(9110, '17.12'),
  (e: { field: string }) => `${e.field} is there, which clients have no use for.`,
)

const revealingToo = rule({
  id: 'http/x-powered-by-revealing-too',
  level: 'warning',
  reference: rfc(9110, '17.12'),
  says: (e: { field: string; value: string }) => `${e.field} is "${e.value}", which tells what runs here.`,
  wants: 'Responses do not tell what made them.',
  remedy: 'Drop the field.',
})

const idleFields = ['x-varnish', 'x-pingback', 'x-rack-cache', 'x-content-encoded-by', 'tcn']
const tooFields = ['x-version', 'x-powered-cms', 'x-php-version', 'x-server-name']
const fields = [
  'x-powered-by',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-generator',
  'x-drupal-cache',
  'x-runtime',
  'x-mod-pagespeed',
  'x-backend-server',
]

/** X-Powered-By and its kin: fields that only tell what runs here (RFC 9110 section 17.12). */
export const xPoweredBy = check({
  id: 'http/x-powered-by',
  rules: [revealing, revealingToo, idle],
  *run({ response }: Message) {
    for (const field of fields) {
      const value = response.fields.get(field)
      if (value !== undefined && value !== '')
        yield revealing.at(`response.fields.${field}`, { field, value: excerpt(value) })
    }
    for (const field of tooFields) {
      const value = response.fields.get(field)
      if (value !== undefined) yield revealingToo.at(`response.fields.${field}`, { field, value: excerpt(value) })
    }
    for (const field of idleFields)
      if ((response.fields.get(field) ?? '') !== '') yield idle.at(`response.fields.${field}`, { field })
  },
  examples: [
    { title: 'X-Pingback', given: given({ fields: [['X-Pingback', '/xmlrpc.php']] }), yields: [idle] },
    { title: 'X-PHP-Version', given: given({ fields: [['X-PHP-Version', '8.2']] }), yields: [revealingToo] },
    {
      title: 'two that tell nothing',
      given: given({
        fields: [
          ['X-Powered-By', ''],
          ['X-Varnish', ''],
        ],
      }),
      yields: [],
    },
    { title: 'none of them', given: given({ fields: [['X-Request-Id', '1']] }), yields: [] },
    { title: 'PHP', given: given({ fields: [['X-Powered-By', 'PHP/8.2.7']] }), yields: [revealing] },
    { title: 'ASP.NET', given: given({ fields: [['X-AspNet-Version', '4.0.30319']] }), yields: [revealing] },
  ],
})
