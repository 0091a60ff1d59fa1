import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isUriReference, resolveUri } from '../grammar/uri.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.content-location'

const malformed = rule({
  id: 'http/content-location-malformed',
  level: 'error',
  reference: rfc(9110, '8.7'),
  says: (e: { value: string }) => `Content-Location is "${e.value}", not the address of a representation.`,
  wants: 'Content-Location is a URI or a path, without a fragment.',
  remedy: 'Percent-encode what may not stand in a URI, and cut the fragment off.',
})

/** Content-Location: `absolute-URI / partial-URI`, so never a fragment (RFC 9110 section 8.7). */
export const contentLocation = check({
  id: 'http/content-location',
  rules: [malformed],
  applies: ({ response }) => response.fields.has('content-location'),
  *run({ url, response }: Message) {
    for (const value of response.fields.all('content-location')) {
      if (!isUriReference(value) || value.includes('#') || resolveUri(value, url) === undefined) {
        yield malformed.at(place, { value: excerpt(value) })
      }
    }
  },
  examples: [
    { title: 'a path', given: given({ fields: [['Content-Location', '/index.en.html']] }), yields: [] },
    { title: 'a fragment', given: given({ fields: [['Content-Location', '/index.html#top']] }), yields: [malformed] },
    { title: 'a space', given: given({ fields: [['Content-Location', '/my page']] }), yields: [malformed] },
  ],
})
