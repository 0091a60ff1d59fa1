import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const allowed = rule({
  id: 'http/method-not-allowed-allowed',
  level: 'warning',
  reference: rfc(9110, '15.5.6'),
  says: (e: { method: string; allow: string }) => `${e.method} was refused with 405, and Allow names it: "${e.allow}".`,
  wants: 'Allow lists the methods that are not refused.',
  remedy: 'Correct Allow, or send 403 where the user is not allowed what the method is.',
  aka: { redbot: 'STATUS_405_METHOD_IN_ALLOW' },
})

/** 405 against its own Allow (RFC 9110 section 15.5.6). */
export const methodNotAllowed = check({
  id: 'http/method-not-allowed',
  rules: [allowed],
  applies: ({ response }) => response.status === 405,
  *run({ request: { method }, response }: Message) {
    const allow = response.fields.get('allow')
    if (response.status === 405 && allow !== undefined && splitList(allow).includes(method)) {
      yield allowed.at('response.fields.allow', { method: excerpt(method), allow: excerpt(allow) })
    }
  },
  examples: [
    {
      title: 'another method',
      given: given({ method: 'PUT', status: 405, fields: [['Allow', 'GET, HEAD']] }),
      yields: [],
    },
    {
      title: 'the very method',
      given: given({ method: 'PUT', status: 405, fields: [['Allow', 'GET, PUT']] }),
      yields: [allowed],
    },
  ],
})
