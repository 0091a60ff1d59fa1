import { check, rfc, rule } from '../../kernel/index.ts'
import { splitList } from '../grammar/list.ts'
import { mediaName } from '../grammar/media-range.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

type Field = { readonly field: string }
const wants = 'Type and subtype begin with a letter or digit and have at most 127 characters of a small alphabet.'

const unregistrable = rule({
  id: 'http/request-media-type-unregistrable',
  level: 'warning',
  reference: rfc(6838, '4.2'),
  says: (e: Field) => `${e.field} of the request has a media type whose name cannot be registered.`,
  wants,
  remedy: 'Use a registered type.',
  aka: { redbot: 'MEDIA_TYPE_BAD_NAME' },
})
const long = rule({
  id: 'http/request-media-type-long',
  level: 'warning',
  reference: rfc(6838, '4.2'),
  says: (e: Field) => `${e.field} of the request has a media type with a name over 127 characters.`,
  wants,
  remedy: 'Use a shorter name.',
  aka: { redbot: 'MEDIA_TYPE_LONG_NAME' },
})

/** The names of media types in Accept and Content-Type of a request (RFC 6838 section 4.2). */
export const requestMediaType = check({
  id: 'http/request-media-type',
  rules: [unregistrable, long],
  applies: ({ request: { fields } }) => fields.has('accept') || fields.has('content-type'),
  *run({ request: { fields } }: Message) {
    const types = [
      ...fields
        .all('accept')
        .flatMap((line) => splitList(line).map((text) => ({ field: 'accept', text, range: true }))),
      ...fields
        .all('content-type')
        .slice(0, 1)
        .map((text) => ({ field: 'content-type', text, range: false })),
    ]
    for (const { field, text, range } of types) {
      const name = mediaName(splitList(text, ';')[0] ?? '', range)
      const place = `request.fields.${field}`
      if (name === 'unregistrable') yield unregistrable.at(place, { field })
      if (name === 'too-long') yield long.at(place, { field })
    }
  },
  examples: [
    { title: 'a range and a word that is none', given: sent('Accept', 'text/*;q=0.5, json'), yields: [] },
    { title: 'a tilde in Accept', given: sent('Accept', 'text/html, text/pl~in'), yields: [unregistrable] },
    { title: 'a dot in front', given: sent('Content-Type', 'text/.plain;a=b'), yields: [unregistrable] },
    { title: '128 letters', given: sent('Content-Type', `text/${'a'.repeat(128)}`), yields: [long] },
  ],
})

function sent(name: string, value: string): Message {
  return given({ method: 'POST', requestFields: [[name, value]] })
}
