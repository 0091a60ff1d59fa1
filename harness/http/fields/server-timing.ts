import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { parameter, parseParameters } from '../grammar/parameters.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/server-timing-malformed',
  level: 'warning',
  reference: document(
    'Server Timing, the Server-Timing header field',
    'https://www.w3.org/TR/server-timing/#the-server-timing-header-field',
  ),
  says: (e: { member: string }) => `Server-Timing holds "${e.member}", which tools drop.`,
  wants: 'Each metric is a name, then dur in milliseconds and desc.',
  remedy: 'Write it as db;dur=53.2;desc="main query".',
  aka: { redbot: 'SERVER_TIMING_BAD_PARAM' },
})

/** Server-Timing: `#( metric-name *( ";" param ) )` (Server Timing section 3.1). */
export const serverTiming = check({
  id: 'http/server-timing',
  rules: [malformed],
  *run({ response }: Message) {
    const value = response.fields.get('server-timing')
    if (value === undefined) return
    for (const member of splitList(value)) {
      const [name = '', ...rest] = splitList(member, ';')
      const parameters = parseParameters(rest, 'loose')
      const dur = parameter(parameters, 'dur')
      const good =
        isToken(name) &&
        parameters.malformed.length === 0 &&
        (dur === undefined || /^\d+(?:\.\d*)?(?:e-?\d+)?$/i.test(dur))
      if (!good) yield malformed.at('response.fields.server-timing', { member: excerpt(member) })
    }
  },
  examples: [
    {
      title: 'two metrics',
      given: given({ fields: [['Server-Timing', 'miss, db;dur=53.2;desc="main query"']] }),
      yields: [],
    },
    { title: 'a unit', given: given({ fields: [['Server-Timing', 'db;dur=53ms']] }), yields: [malformed] },
    {
      title: 'a form that was given up',
      given: given({ fields: [['Server-Timing', 'db=53.2; "query"']] }),
      yields: [malformed],
    },
  ],
})
