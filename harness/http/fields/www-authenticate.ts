import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { tokenSource } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.www-authenticate'

const malformed = rule({
  id: 'http/www-authenticate-malformed',
  level: 'error',
  reference: rfc(9110, '11.6.1'),
  says: (e: { value: string }) => `WWW-Authenticate is "${e.value}", which names no scheme.`,
  wants: 'A challenge is a scheme, then parameters.',
  remedy: 'Send for example: Basic realm="staff".',
})

const realmMissing = rule({
  id: 'http/www-authenticate-realm-missing',
  level: 'error',
  reference: rfc(7617, '2'),
  says: (e: { value: string }) => `WWW-Authenticate is "${e.value}": Basic without a realm.`,
  wants: 'Basic has a realm.',
  remedy: 'Add realm="...".',
})

const basicInClear = rule({
  id: 'http/www-authenticate-basic-in-clear',
  level: 'warning',
  reference: rfc(7617, '4'),
  says: () => 'Basic is asked for over plain http, so the password travels in the clear.',
  wants: 'Passwords are asked for over https.',
  remedy: 'Redirect to https before asking.',
})

const challenge = new RegExp(`^(${tokenSource})(?:[ \\t]+(.*))?$`)

/** WWW-Authenticate: `1#challenge` (RFC 9110 section 11.6.1). */
export const wwwAuthenticate = check({
  id: 'http/www-authenticate',
  rules: [malformed, realmMissing, basicInClear],
  applies: ({ response }) => response.fields.has('www-authenticate'),
  *run({ url, response }: Message) {
    for (const value of response.fields.all('www-authenticate')) {
      const [, scheme, parameters = ''] = challenge.exec(value) ?? []
      if (scheme === undefined || (scheme.includes('=') && parameters === '')) {
        yield malformed.at(place, { value: excerpt(value) })
        continue
      }
      if (scheme.toLowerCase() !== 'basic') continue
      if (!/\brealm[ \t]*=/i.test(parameters)) yield realmMissing.at(place, { value: excerpt(value) })
      if (url.protocol === 'http:') yield basicInClear.at(place)
    }
  },
  examples: [
    {
      title: 'Basic over https',
      given: given({
        url: 'https://origin.test/',
        status: 401,
        fields: [['WWW-Authenticate', 'Basic realm="staff", charset="UTF-8"']],
      }),
      yields: [],
    },
    {
      title: 'Negotiate alone',
      given: given({ status: 401, fields: [['WWW-Authenticate', 'Negotiate']] }),
      yields: [],
    },
    { title: 'nothing', given: given({ status: 401, fields: [['WWW-Authenticate', '']] }), yields: [malformed] },
    {
      title: 'no scheme',
      given: given({ status: 401, fields: [['WWW-Authenticate', 'realm="staff"']] }),
      yields: [malformed],
    },
    {
      title: 'no realm',
      given: given({ url: 'https://origin.test/', status: 401, fields: [['WWW-Authenticate', 'Basic']] }),
      yields: [realmMissing],
    },
    {
      title: 'Basic over http',
      given: given({ status: 401, fields: [['WWW-Authenticate', 'Basic realm="staff"']] }),
      yields: [basicInClear],
    },
  ],
})
