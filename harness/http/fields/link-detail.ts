import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseLinks } from '../grammar/link.ts'
import { parameter } from '../grammar/parameters.ts'
import { resolveUri } from '../grammar/uri.ts'
import { matchesUriReference } from '../grammar/uri-syntax.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'
import { note } from '../note.ts'

const place = 'response.fields.link'
const html = document('HTML Standard, link types', 'https://html.spec.whatwg.org/multipage/links.html#linkTypes')

const hinted = note(
  'http/link-detail-hints',
  'LINK_RESOURCE_HINTS',
  html,
  () => 'Link tells browsers what they will need.',
  'good',
)
const anchorBad = rule({
  id: 'http/link-detail-anchor-bad',
  level: 'warning',
  reference: rfc(8288, '3.2'),
  says: (e: { anchor: string }) => `Link has the anchor "${e.anchor}", which is no URI reference.`,
  wants: 'An anchor is a URI reference.',
  remedy: 'Escape what may not stand in a URI.',
  aka: { redbot: 'LINK_BAD_ANCHOR' },
})
const targetBad = rule({
  id: 'http/link-detail-hint-target-bad',
  level: 'warning',
  reference: html,
  says: (e: { target: string }) => `Link hints at ${e.target}, which browsers do not fetch.`,
  wants: 'Hints lead to http or https.',
  remedy: 'Correct the address.',
  aka: { redbot: 'LINK_BAD_HINT_TARGET' },
})

const hints = new Set(['preload', 'preconnect', 'dns-prefetch'])

/** Link: its anchors, and the three hints that all browsers follow (RFC 8288 section 3.2). */
export const linkDetail = check({
  id: 'http/link-detail',
  rules: [hinted, anchorBad, targetBad],
  applies: ({ response }) => response.fields.has('link'),
  *run({ url, response }: Message) {
    const value = response.fields.get('link')
    if (value === undefined) return
    let good = false
    for (const { target, parameters } of parseLinks(value).links) {
      const anchor = parameter(parameters, 'anchor')
      if (anchor !== undefined && anchor !== '' && !matchesUriReference(anchor))
        yield anchorBad.at(place, { anchor: excerpt(anchor) })
      const relations = (parameter(parameters, 'rel') ?? '').toLowerCase().split(/\s+/)
      if (!relations.some((relation) => hints.has(relation))) continue
      if (/^https?:$/.test(resolveUri(target, url)?.protocol ?? 'http:')) good = true
      else yield targetBad.at(place, { target: excerpt(target) })
    }
    if (good) yield hinted.at(place)
  },
  examples: [
    { title: 'the next page', given: given({ fields: [['Link', '</b>; rel=next; anchor="#a"']] }), yields: [] },
    {
      title: 'a style to come',
      given: given({ fields: [['Link', '</a.css>; rel=preload; as=style']] }),
      yields: [hinted],
    },
    {
      title: 'a hint beside a malformed parameter',
      given: given({ fields: [['Link', '</a.css>; rel=preload; "b"']] }),
      yields: [hinted],
    },
    {
      title: 'an anchor in braces',
      given: given({ fields: [['Link', '</b>; rel=next; anchor="{a}"']] }),
      yields: [anchorBad],
    },
    { title: 'a script', given: given({ fields: [['Link', '<data:,a>; rel=preload']] }), yields: [targetBad] },
  ],
})
