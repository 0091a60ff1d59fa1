import { check, document, rfc, rule } from '../../kernel/index.ts'
import { cachingOf } from '../caching.ts'
import { excerpt } from '../excerpt.ts'
import { isUri } from '../grammar/uri-syntax.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const malformed = rule({
  id: 'http/request-line-uri-malformed',
  level: 'error',
  reference: document('RFC 3986 section 3', 'https://www.rfc-editor.org/rfc/rfc3986#section-3'),
  says: (e: { uri: string }) => `The request asks for "${e.uri}", which is no URI.`,
  wants: 'The target is a URI, with everything else escaped.',
  remedy: 'Escape what may not stand in a URI with percent signs.',
  aka: { redbot: 'URI_BAD_SYNTAX' },
})
const tooLong = rule({
  id: 'http/request-line-uri-too-long',
  level: 'warning',
  reference: rfc(9110, '4.1'),
  says: (e: { characters: number }) => `The URI has ${e.characters} characters; many servers and proxies take 8000.`,
  wants: 'A URI has at most 8000 characters.',
  remedy: 'Send what is long in the content of a POST.',
  aka: { redbot: 'URI_TOO_LONG' },
})
const content = rule({
  id: 'http/request-line-content-undefined',
  level: 'warning',
  reference: rfc(9110, '9.3'),
  says: (e: { method: string }) => `The ${e.method} request has content, which means nothing there; some refuse it.`,
  wants: 'GET, HEAD, DELETE, CONNECT and TRACE have no content.',
  remedy: 'Send the content with POST, or with none.',
  aka: { redbot: 'REQUEST_CONTENT_NOT_DEFINED' },
})
const uncacheable = note(
  'http/request-line-method-uncacheable',
  'STORE_METHOD_UNCACHEABLE',
  rfc(9111, '3'),
  (e: { method: string }) => `Caches do not keep answers to ${e.method}.`,
)

const without = new Set(['GET', 'HEAD', 'DELETE', 'CONNECT', 'TRACE'])

/** The request's own line: method, target, and whether content belongs there (RFC 9110 sections 4 and 9). */
export const requestLine = check({
  id: 'http/request-line',
  rules: [malformed, tooLong, content, uncacheable],
  *run(message: Message) {
    const { request, exchange } = message
    const { method, body } = request
    const written = exchange.request.url
    // Text beyond ASCII is an IRI, of which everybody makes the same URI.
    const uri = written.replace(/[^\x00-\x7f]/g, '%C3%A4')
    if (!isUri(uri)) yield malformed.at('request.uri', { uri: excerpt(written) })
    const characters = uri.split('#')[0]?.length ?? 0
    if (characters > 8000) yield tooLong.at('request.uri', { characters })
    if (body.length > 0 && without.has(method)) yield content.at('request.content', { method })
    // Vary: * says so of every method.
    const { storing } = cachingOf(message)
    if (storing.who === 'not-asked' && storing.why === 'method')
      yield uncacheable.at('request.method', { method: excerpt(method) })
  },
  examples: [
    { title: 'a page', given: given({ url: 'https://origin.test/a?b=c#d' }), yields: [] },
    { title: 'a bar', given: given({ url: 'https://origin.test/a|b' }), yields: [malformed] },
    { title: 'a novel', given: given({ url: `https://origin.test/${'a'.repeat(8000)}` }), yields: [tooLong] },
    { title: 'content of a GET', given: given({ requestBody: 'a' }), yields: [content] },
    { title: 'POST and Vary: *', given: given({ method: 'POST', fields: [['Vary', '*']] }), yields: [] },
    { title: 'POST', given: given({ method: 'POST', requestBody: 'a' }), yields: [uncacheable] },
  ],
})
