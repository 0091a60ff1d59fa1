import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const location = rule({
  id: 'http/required-fields-location',
  level: 'error',
  reference: rfc(9110, '15.4'),
  says: (e: { status: number }) => `A ${e.status} redirect has no Location, so nobody can follow it.`,
  wants: '301, 302, 303, 307 and 308 have Location.',
  remedy: 'Send Location.',
  aka: { redbot: 'REDIRECT_WITHOUT_LOCATION' },
})

const allow = rule({
  id: 'http/required-fields-allow',
  level: 'error',
  reference: rfc(9110, '15.5.6'),
  says: () => 'A 405 response has no Allow, so nobody learns which methods there are.',
  wants: '405 has Allow.',
  remedy: 'Send Allow with the methods that the resource has.',
})

const wwwAuthenticate = rule({
  id: 'http/required-fields-www-authenticate',
  level: 'error',
  reference: rfc(9110, '15.5.2'),
  says: () => 'A 401 response has no WWW-Authenticate, so nobody knows how to authenticate.',
  wants: '401 has WWW-Authenticate.',
  remedy: 'Send WWW-Authenticate with a scheme, or 403 where there is none.',
})

const proxyAuthenticate = rule({
  id: 'http/required-fields-proxy-authenticate',
  level: 'error',
  reference: rfc(9110, '15.5.8'),
  says: () => 'A 407 response has no Proxy-Authenticate, so nobody knows how to authenticate.',
  wants: '407 has Proxy-Authenticate.',
  remedy: 'Send Proxy-Authenticate with a scheme.',
})

const upgrade = rule({
  id: 'http/required-fields-upgrade',
  level: 'error',
  reference: rfc(9110, '15.5.22'),
  says: () => 'A 426 response has no Upgrade, so nobody knows to what.',
  wants: '426 has Upgrade.',
  remedy: 'Send Upgrade with the protocol that is wanted.',
})

const retryAfter = rule({
  id: 'http/required-fields-retry-after',
  level: 'info',
  reference: rfc(9110, '10.2.3'),
  says: (e: { status: number }) => `A ${e.status} response has no Retry-After, so clients come back when they like.`,
  wants: '429 and 503 say when to come back.',
  remedy: 'Send Retry-After in seconds.',
})

const redirects = new Set([301, 302, 303, 307, 308])

/** Fields without which a status is of no use (RFC 9110 section 15). */
export const requiredFields = check({
  id: 'http/required-fields',
  rules: [location, allow, wwwAuthenticate, proxyAuthenticate, upgrade, retryAfter],
  *run({ response: { status, fields } }: Message) {
    const lacks = (name: string) => !fields.has(name)
    if (redirects.has(status) && lacks('location')) yield location.at('response.fields.location', { status })
    if (status === 405 && lacks('allow')) yield allow.at('response.fields.allow')
    if (status === 401 && lacks('www-authenticate')) yield wwwAuthenticate.at('response.fields.www-authenticate')
    if (status === 407 && lacks('proxy-authenticate')) yield proxyAuthenticate.at('response.fields.proxy-authenticate')
    if (status === 426 && lacks('upgrade')) yield upgrade.at('response.fields.upgrade')
    if ((status === 429 || status === 503) && lacks('retry-after'))
      yield retryAfter.at('response.fields.retry-after', { status })
  },
  examples: [
    { title: '200, which needs nothing', given: given(), yields: [] },
    {
      title: 'a redirect that leads somewhere',
      given: given({ status: 308, fields: [['Location', '/a']] }),
      yields: [],
    },
    { title: 'a 405 that allows nothing', given: given({ status: 405, fields: [['Allow', '']] }), yields: [] },
    { title: 'a redirect to nowhere', given: given({ status: 302 }), yields: [location] },
    { title: '405 alone', given: given({ status: 405 }), yields: [allow] },
    { title: '401 alone', given: given({ status: 401 }), yields: [wwwAuthenticate] },
    { title: '407 alone', given: given({ status: 407 }), yields: [proxyAuthenticate] },
    { title: '426 alone', given: given({ status: 426 }), yields: [upgrade] },
    { title: '429 alone', given: given({ status: 429 }), yields: [retryAfter] },
  ],
})
