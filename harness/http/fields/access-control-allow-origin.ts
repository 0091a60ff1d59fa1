import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.access-control-allow-origin'
const reference = document(
  'Fetch Standard, CORS protocol',
  'https://fetch.spec.whatwg.org/#http-access-control-allow-origin',
)

const multiple = rule({
  id: 'http/access-control-allow-origin-multiple',
  level: 'error',
  reference,
  says: (e: { value: string }) =>
    `Access-Control-Allow-Origin is "${e.value}": several values, so browsers refuse all of them.`,
  wants: 'Access-Control-Allow-Origin is *, null or one origin.',
  remedy: "Send the request's Origin alone when it is on your list, and Vary: Origin.",
  aka: { redbot: 'ACAO_MULTIPLE_VALUES' },
})

const malformed = rule({
  id: 'http/access-control-allow-origin-malformed',
  level: 'error',
  reference,
  says: (e: { value: string }) => `Access-Control-Allow-Origin is "${e.value}", which is never equal to an origin.`,
  wants: 'An origin is scheme://host, with a port where it needs one, no path, no slash at the end.',
  remedy: 'Send the origin exactly as the Origin field has it.',
})

const nullOrigin = rule({
  id: 'http/access-control-allow-origin-null',
  level: 'warning',
  reference,
  says: () => 'Access-Control-Allow-Origin is null, which sandboxed frames of any site can claim to be.',
  wants: 'Access is given to named origins.',
  remedy: 'Name the origin.',
})

const credentials = rule({
  id: 'http/access-control-allow-origin-credentials',
  level: 'error',
  reference: document(
    'Fetch Standard, CORS and credentials',
    'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
  ),
  says: () => 'Access-Control-Allow-Origin is * beside Access-Control-Allow-Credentials: browsers refuse that.',
  wants: 'With credentials, one origin is named.',
  remedy: "Send the request's Origin when it is on your list, and Vary: Origin; never any origin at all.",
})

const unvaried = rule({
  id: 'http/access-control-allow-origin-unvaried',
  level: 'warning',
  reference: document(
    'Fetch Standard, CORS and caches',
    'https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches',
  ),
  says: (e: { value: string }) =>
    `Access-Control-Allow-Origin repeats the Origin "${e.value}", and Vary does not name Origin: a cache gives it to others.`,
  wants: 'A response that depends on Origin says Vary: Origin.',
  remedy: 'Add Vary: Origin, also where the request has no Origin.',
})

const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s,]+$/

/** Access-Control-Allow-Origin: `origin / "null" / "*"`, one line (Fetch Standard). */
export const accessControlAllowOrigin = check({
  id: 'http/access-control-allow-origin',
  rules: [multiple, malformed, nullOrigin, credentials, unvaried],
  applies: ({ response }) => response.fields.has('access-control-allow-origin'),
  *run({ request, response }: Message) {
    // That there are more is told by http/singleton-fields.
    const [value] = response.fields.all('access-control-allow-origin')
    if (value === undefined) return
    const seen = { value: excerpt(value) }
    if (/[ ,]/.test(value)) yield multiple.at(place, seen)
    else if (value === 'null') yield nullOrigin.at(place)
    else if (value === '*') {
      if (response.fields.get('access-control-allow-credentials') === 'true') yield credentials.at(place)
    } else if (!origin.test(value)) yield malformed.at(place, seen)
    else if (value === request.fields.get('origin')) {
      const vary = splitList(response.fields.get('vary')?.toLowerCase() ?? '')
      if (!vary.includes('origin') && !vary.includes('*')) yield unvaried.at(place, seen)
    }
  },
  examples: [
    { title: 'everybody', given: given({ fields: [['Access-Control-Allow-Origin', '*']] }), yields: [] },
    {
      title: 'one origin that is always the same',
      given: given({ fields: [['Access-Control-Allow-Origin', 'https://a.test:8443']] }),
      yields: [],
    },
    {
      title: 'the origin that asks, with Vary before it',
      given: given({
        requestFields: [['Origin', 'https://a.test']],
        fields: [
          ['Vary', 'Origin'],
          ['Access-Control-Allow-Origin', 'https://a.test'],
        ],
      }),
      yields: [],
    },
    {
      title: 'two origins',
      given: given({ fields: [['Access-Control-Allow-Origin', 'https://a.test, https://b.test']] }),
      yields: [multiple],
    },
    {
      title: 'two lines',
      given: given({
        fields: [
          ['Access-Control-Allow-Origin', '*'],
          ['Access-Control-Allow-Origin', '*'],
        ],
      }),
      yields: [],
    },
    {
      title: 'a slash at the end',
      given: given({ fields: [['Access-Control-Allow-Origin', 'https://a.test/']] }),
      yields: [malformed],
    },
    {
      title: 'a pattern',
      given: given({ fields: [['Access-Control-Allow-Origin', '*.a.test']] }),
      yields: [malformed],
    },
    { title: 'null', given: given({ fields: [['Access-Control-Allow-Origin', 'null']] }), yields: [nullOrigin] },
    {
      title: 'everybody, with credentials',
      given: given({
        fields: [
          ['Access-Control-Allow-Credentials', 'true'],
          ['Access-Control-Allow-Origin', '*'],
        ],
      }),
      yields: [credentials],
    },
    {
      title: 'the origin that asks, without Vary',
      given: given({
        requestFields: [['Origin', 'https://a.test']],
        fields: [['Access-Control-Allow-Origin', 'https://a.test']],
      }),
      yields: [unvaried],
    },
  ],
})
