import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseLinks } from '../grammar/link.ts'
import { parseMediaType } from '../grammar/media-type.ts'
import { parameter } from '../grammar/parameters.ts'
import { resolveUri } from '../grammar/uri.ts'
import { matchesUriReference } from '../grammar/uri-syntax.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'request.fields.link'
const html = document('HTML Standard, link types', 'https://html.spec.whatwg.org/multipage/links.html#linkTypes')
type Seen = { readonly target: string }

const rev = rule({
  id: 'http/request-link-rev',
  level: 'warning',
  reference: rfc(8288, '3.3'),
  says: (e: Seen) => `The link to "${e.target}" uses rev, which is deprecated.`,
  wants: 'Links say what they are by rel.',
  remedy: 'Use the opposite relation in rel.',
  aka: { redbot: 'LINK_REV' },
})
const anchorBad = rule({
  id: 'http/request-link-anchor-bad',
  level: 'warning',
  reference: rfc(8288, '3.2'),
  says: (e: Seen & { anchor: string }) => `The link to "${e.target}" has the anchor "${e.anchor}", no URI reference.`,
  wants: 'An anchor is a URI reference.',
  remedy: 'Escape what may not stand in a URI.',
  aka: { redbot: 'LINK_BAD_ANCHOR' },
})
const typeBad = rule({
  id: 'http/request-link-type-bad',
  level: 'warning',
  reference: rfc(8288, '3.4.1'),
  says: (e: Seen & { type: string }) => `The link to "${e.target}" has the type "${e.type}", no media type.`,
  wants: 'type is a media type.',
  remedy: 'Write it as type="text/css".',
  aka: { redbot: 'LINK_BAD_TYPE' },
})
const targetBad = rule({
  id: 'http/request-link-hint-target-bad',
  level: 'warning',
  reference: html,
  says: (e: Seen) => `Link hints at ${e.target}, which cannot be fetched.`,
  wants: 'Hints lead to http or https.',
  remedy: 'Correct the address.',
  aka: { redbot: 'LINK_BAD_HINT_TARGET' },
})
const hinted = note('http/request-link-hints', 'LINK_RESOURCE_HINTS', html, () => 'The request carries hints in Link.')

const hints = new Set(['preload', 'preconnect', 'dns-prefetch'])

/** Link of a request, such as a PUT that says where it belongs (RFC 8288 section 3). */
export const requestLink = check({
  id: 'http/request-link',
  rules: [rev, anchorBad, typeBad, targetBad, hinted],
  *run({ url, request: { fields } }: Message) {
    const value = fields.get('link')
    if (value === undefined) return
    let good = false
    for (const { target, parameters } of parseLinks(value).links) {
      const seen = { target: excerpt(target) }
      if (parameter(parameters, 'rev') !== undefined) yield rev.at(place, seen)
      const anchor = parameter(parameters, 'anchor') ?? ''
      if (!matchesUriReference(anchor)) yield anchorBad.at(place, { ...seen, anchor: excerpt(anchor) })
      const type = parameter(parameters, 'type')
      if (type !== undefined && parseMediaType(type) === undefined)
        yield typeBad.at(place, { ...seen, type: excerpt(type) })
      const relations = (parameter(parameters, 'rel') ?? '').toLowerCase().split(/\s+/)
      if (!relations.some((relation) => hints.has(relation))) continue
      if (/^https?:$/.test(resolveUri(target, url)?.protocol ?? 'http:')) good = true
      else yield targetBad.at(place, seen)
    }
    if (good) yield hinted.at(place)
  },
  examples: [
    { title: 'where it belongs', given: linked('</b>; rel=up'), yields: [] },
    { title: 'rev', given: linked('</b>; rev=made'), yields: [rev] },
    { title: 'an anchor in braces', given: linked('</b>; rel=up; anchor="{a}"'), yields: [anchorBad] },
    { title: 'a type that is none', given: linked('</b>; rel=up; type=css'), yields: [typeBad] },
    { title: 'a hint', given: linked('</b.css>; rel=preload'), yields: [hinted] },
    { title: 'a hint at a script', given: linked('<data:,a>; rel=preload'), yields: [targetBad] },
  ],
})

function linked(value: string): Message {
  return given({ method: 'PUT', requestFields: [['Link', value]] })
}
