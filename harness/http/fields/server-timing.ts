import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { parameter, parseParameters } from '../grammar/parameters.ts'
import { isToken } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

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
})

const timing = document(
  'Server Timing section 3.1',
  'https://www.w3.org/TR/server-timing/#the-server-timing-header-field',
)
const timeless = note(
  'http/server-timing-timeless',
  'SERVER_TIMING_MISSING_DUR',
  timing,
  (e: { metric: string }) => `Server-Timing gives ${e.metric} no duration.`,
)
const undescribed = note(
  'http/server-timing-undescribed',
  'SERVER_TIMING_MISSING_DESC',
  timing,
  (e: { metric: string }) => `Server-Timing gives ${e.metric} no description.`,
)
const durationBad = rule({
  id: 'http/server-timing-duration-bad',
  level: 'warning',
  reference: timing,
  says: (e: { metric: string }) => `Server-Timing gives ${e.metric} a duration that is no number.`,
  wants: 'dur is a number of milliseconds.',
  remedy: 'Write dur=12.3.',
  aka: { redbot: 'SERVER_TIMING_BAD_PARAM' },
})

/** Server-Timing: `#( metric-name *( ";" param ) )` (Server Timing section 3.1). */
export const serverTiming = check({
  id: 'http/server-timing',
  rules: [malformed, durationBad, timeless, undescribed],
  applies: ({ response }) => response.fields.has('server-timing'),
  *run({ response }: Message) {
    const value = response.fields.get('server-timing')
    if (value === undefined) return
    for (const member of splitList(value)) {
      const [name = '', ...rest] = splitList(member, ';')
      const parameters = parseParameters(rest, 'loose')
      const dur = parameter(parameters, 'dur')
      const good = isToken(name) && parameters.malformed.length === 0
      const seen = { metric: excerpt(name) }
      const place = 'response.fields.server-timing'
      if (dur === undefined) yield timeless.at(place, seen)
      else if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(dur)) yield durationBad.at(place, seen)
      if (parameter(parameters, 'desc') === undefined) yield undescribed.at(place, seen)
      if (!good) yield malformed.at('response.fields.server-timing', { member: excerpt(member) })
    }
  },
  examples: [
    {
      title: 'two metrics',
      given: given({ fields: [['Server-Timing', 'miss, db;dur=53.2;desc="main query"']] }),
      yields: [timeless, undescribed],
    },
    {
      title: 'a unit',
      given: given({ fields: [['Server-Timing', 'db;dur=53ms']] }),
      yields: [durationBad, undescribed],
    },
    {
      title: 'a form that was given up',
      given: given({ fields: [['Server-Timing', 'db=53.2; "query"']] }),
      yields: [malformed, timeless, undescribed],
    },
    {
      title: 'a word for a duration',
      given: given({ fields: [['Server-Timing', 'db;dur=long;desc="d"']] }),
      yields: [durationBad],
    },
    {
      title: 'numbers of all forms',
      given: given({ fields: [['Server-Timing', 'a;dur=.5;desc=x, b;dur=1e+3;desc=y, c;dur=+5;desc=z']] }),
      yields: [],
    },
    { title: 'neither', given: given({ fields: [['Server-Timing', 'db']] }), yields: [timeless, undescribed] },
    { title: 'none', given: given(), yields: [] },
  ],
})
