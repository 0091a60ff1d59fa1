import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { tokenSource } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.server'

const malformed = rule({
  id: 'http/server-malformed',
  level: 'warning',
  reference: rfc(9110, '10.2.4'),
  says: (e: { value: string }) => `Server is "${e.value}", not products and comments.`,
  wants: 'Server lists product/version, comments in parentheses.',
  remedy: 'Send one product name, or drop the field.',
})

const versioned = rule({
  id: 'http/server-versioned',
  level: 'warning',
  reference: rfc(9110, '10.2.4'),
  says: (e: { value: string }) => `Server is "${e.value}": it tells an attacker which holes to try.`,
  wants: 'Server names no version.',
  remedy: 'nginx: server_tokens off; Apache: ServerTokens Prod; or remove the field in the proxy.',
})

const tooLong = rule({
  id: 'http/server-too-long',
  level: 'info',
  reference: rfc(9110, '10.2.4'),
  says: (e: { value: string; characters: number }) => `Server has ${e.characters} characters: "${e.value}".`,
  wants: 'Server is short.',
  remedy: 'Name one product.',
  aka: { redbot: 'SERVER_TOO_LONG' },
})

const product = `${tokenSource}(?:/${tokenSource})?`
const comment = '\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)'
const form = new RegExp(`^${product}(?:[ \\t]+(?:${product}|${comment}))*$`)

/** Server: `product *( RWS ( product / comment ) )` (RFC 9110 section 10.2.4). */
export const server = check({
  id: 'http/server',
  rules: [malformed, versioned, tooLong],
  applies: ({ response }) => response.fields.has('server'),
  *run({ response }: Message) {
    const lines = response.fields.all('server')
    const [value] = lines
    if (value === undefined) return
    const seen = { value: excerpt(value) }
    const long = lines.find((line) => line.length > 64)
    if (long !== undefined) yield tooLong.at(place, { value: excerpt(long), characters: long.length })
    // A value of kilobytes is said to be too long, and that is enough.
    if (value.length <= 1024 && !form.test(value)) yield malformed.at(place, seen)
    if (/\/v?\d|\b\d+\.\d+/.test(value.slice(0, 1024))) yield versioned.at(place, seen)
  },
  examples: [
    { title: 'a name', given: given({ fields: [['Server', 'nginx']] }), yields: [] },
    { title: 'a name and a comment', given: given({ fields: [['Server', 'Apache (Debian)']] }), yields: [] },
    { title: 'HTTP/2 in a name', given: given({ fields: [['Server', 'h2o']] }), yields: [] },
    { title: 'nothing', given: given({ fields: [['Server', '']] }), yields: [malformed] },
    { title: 'an open comment', given: given({ fields: [['Server', 'nginx (Debian']] }), yields: [malformed] },
    { title: 'a version', given: given({ fields: [['Server', 'nginx/1.22.1']] }), yields: [versioned] },
    { title: 'a speech', given: given({ fields: [['Server', `nginx (${'very '.repeat(20)})`]] }), yields: [tooLong] },
  ],
})
