import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isUriReference, resolveUri } from '../grammar/uri.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'
import { isUri } from '../grammar/uri-syntax.ts'

const place = 'response.fields.location'

const malformed = rule({
  id: 'http/location-malformed',
  level: 'error',
  reference: rfc(9110, '10.2.2'),
  says: (e: { value: string }) => `Location is "${e.value}", which is no address.`,
  wants: 'Location is one URI reference.',
  remedy: 'Percent-encode what may not stand in a URI.',
})

const meaningless = rule({
  id: 'http/location-meaningless',
  level: 'warning',
  reference: rfc(9110, '10.2.2'),
  says: (e: { status: number }) => `Location on a ${e.status} response means nothing.`,
  wants: 'Location is sent with 201 and with redirects.',
  remedy: 'Send a redirect status with it, or use Content-Location.',
  aka: { redbot: 'LOCATION_UNDEFINED' },
})

const loop = rule({
  id: 'http/location-loop',
  level: 'error',
  reference: rfc(9110, '15.4'),
  says: (e: { value: string }) => `Location "${e.value}" leads back to the same address.`,
  wants: 'A redirect leads somewhere else.',
  remedy: 'Look for two rules that undo each other, or a proxy that hides https from the application.',
})

const insecure = rule({
  id: 'http/location-insecure',
  level: 'warning',
  reference: rfc(9110, '4.2.2'),
  says: (e: { value: string }) => `Location "${e.value}" leads from https to plain http.`,
  wants: 'Redirects from https stay on https.',
  remedy: 'Redirect to https; behind a proxy, tell the application the scheme that the client used.',
})

const relative = note(
  'http/location-relative',
  'LOCATION_NOT_ABSOLUTE',
  rfc(9110, '10.2.2'),
  (e: { value: string }) => `Location is relative: ${e.value}.`,
)

const aimless = rule({
  id: 'http/location-aimless',
  level: 'info',
  reference: rfc(9110, '10.2.2'),
  says: (e: { status: number }) => `Location is there with a ${e.status}, which does not lead there by itself.`,
  wants: 'Location comes with 201, 300, 301, 302, 303, 307 or 308.',
  remedy: 'Drop Location, or redirect.',
  aka: { redbot: 'LOCATION_UNDEFINED' },
})

const followed = new Set([201, 300, 301, 302, 303, 305, 307, 308])

/** Location: a `URI-reference`, where it means something (RFC 9110 section 10.2.2). */
export const location = check({
  id: 'http/location',
  rules: [malformed, meaningless, loop, insecure, relative, aimless],
  applies: ({ response }) => response.fields.has('location'),
  *run({ url, request, response }: Message) {
    for (const value of response.fields.all('location').slice(0, 1)) {
      const seen = { value: excerpt(value) }
      const redirect = response.status >= 300 && response.status < 400 && response.status !== 304
      if (!redirect && response.status !== 201) yield meaningless.at(place, { status: response.status })
      else if (!followed.has(response.status)) yield aimless.at(place, { status: response.status })
      if (!isUri(value)) yield relative.at(place, seen)
      const to = resolveUri(value, url)
      if (!isUriReference(value) || to === undefined) {
        yield malformed.at(place, seen)
        continue
      }
      if (!redirect) continue
      if (url.protocol === 'https:' && to.protocol === 'http:') yield insecure.at(place, seen)
      // A redirect after a POST, or one that sets a cookie, may well come back and find something else.
      const again = to.href.split('#')[0] === url.href.split('#')[0]
      if (again && request.method === 'GET' && !response.fields.has('set-cookie')) yield loop.at(place, seen)
    }
  },
  examples: [
    { title: 'a path', given: given({ status: 302, fields: [['Location', '/next?a=b#c']] }), yields: [relative] },
    {
      title: 'what was created',
      given: given({ method: 'POST', status: 201, fields: [['Location', '/things/1']] }),
      yields: [relative],
    },
    {
      title: 'from http to https',
      given: given({ status: 301, fields: [['Location', 'https://origin.test/']] }),
      yields: [],
    },
    {
      title: 'back to itself with a cookie',
      given: given({
        status: 302,
        fields: [
          ['Location', '/'],
          ['Set-Cookie', 'a=b'],
        ],
      }),
      yields: [relative],
    },
    {
      title: 'a space',
      given: given({ status: 302, fields: [['Location', '/my page']] }),
      yields: [malformed, relative],
    },
    {
      title: 'raw UTF-8',
      given: given({ status: 302, fields: [['Location', '/\u00c3\u00a4']] }),
      yields: [malformed, relative],
    },
    {
      title: 'a host that is none',
      given: given({ status: 302, fields: [['Location', 'http://[x]/']] }),
      yields: [malformed, relative],
    },
    { title: 'on a 200', given: given({ fields: [['Location', '/next']] }), yields: [meaningless, relative] },
    {
      title: 'back to itself',
      given: given({ status: 301, fields: [['Location', 'http://origin.test/']] }),
      yields: [loop],
    },
    {
      title: 'down to http',
      given: given({ url: 'https://origin.test/', status: 301, fields: [['Location', 'http://origin.test/']] }),
      yields: [insecure],
    },
    {
      title: 'a 304 that leads somewhere',
      given: given({ status: 304, fields: [['Location', 'https://a.test/']] }),
      yields: [meaningless],
    },
    { title: 'none', given: given(), yields: [] },
    { title: 'a 306', given: given({ status: 306, fields: [['Location', 'https://a.test/']] }), yields: [aimless] },
  ],
})
