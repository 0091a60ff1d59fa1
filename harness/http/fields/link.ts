import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseLinks } from '../grammar/link.ts'
import { parseMediaType } from '../grammar/media-type.ts'
import { parameter } from '../grammar/parameters.ts'
import { isUriReference, resolveUri } from '../grammar/uri.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.link'

const malformed = rule({
  id: 'http/link-malformed',
  level: 'error',
  reference: rfc(8288, '3'),
  says: (e: { member: string }) => `Link holds "${e.member}", which is no link.`,
  wants: 'Each link is <target>, then parameters after semicolons.',
  remedy: 'Put the target in angle brackets and quote values that are not tokens.',
})

const targetBad = rule({
  id: 'http/link-target-bad',
  level: 'error',
  reference: rfc(8288, '3.1'),
  says: (e: { target: string }) => `Link points to "${e.target}", which is no address.`,
  wants: 'Targets and anchors are URI references.',
  remedy: 'Percent-encode what may not stand in a URI.',
})

const relMissing = rule({
  id: 'http/link-rel-missing',
  level: 'error',
  reference: rfc(8288, '3.3'),
  says: (e: { target: string }) => `The link to "${e.target}" has no rel, so nobody knows what it is.`,
  wants: 'Every link has rel.',
  remedy: 'Add rel="...".',
})

const rev = rule({
  id: 'http/link-rev',
  level: 'warning',
  reference: rfc(8288, '3.3'),
  says: (e: { target: string }) => `The link to "${e.target}" uses rev, which is deprecated.`,
  wants: 'Links say what they are by rel.',
  remedy: 'Use the opposite relation in rel, or a link in the other direction.',
  aka: { redbot: 'LINK_REV' },
})

const typeBad = rule({
  id: 'http/link-type-bad',
  level: 'warning',
  reference: rfc(8288, '3.4.1'),
  says: (e: { target: string; type: string }) => `The link to "${e.target}" has the type "${e.type}", no media type.`,
  wants: 'type is a media type.',
  remedy: 'Write it as type="text/css".',
  aka: { redbot: 'LINK_BAD_TYPE' },
})

const hintUnusable = rule({
  id: 'http/link-hint-unusable',
  level: 'warning',
  reference: document('HTML Standard, preload', 'https://html.spec.whatwg.org/multipage/links.html#link-type-preload'),
  says: (e: { target: string; relation: string; why: string }) =>
    `The ${e.relation} of "${e.target}" is of no use: ${e.why}.`,
  wants: 'Hints point to http or https, and preload says as what.',
  remedy: 'Correct the address, and add as=script, style, font, image or fetch to preload.',
})

const hints = ['preload', 'preconnect', 'dns-prefetch', 'modulepreload', 'prefetch']

/** Link: `#link-value` (RFC 8288 section 3), and the hints of HTML. */
export const link = check({
  id: 'http/link',
  rules: [malformed, targetBad, relMissing, rev, typeBad, hintUnusable],
  applies: ({ response }) => response.fields.has('link'),
  *run({ url, response }: Message) {
    const value = response.fields.get('link')
    if (value === undefined) return
    const { links, malformed: broken } = parseLinks(value)
    for (const member of broken) yield malformed.at(place, { member: excerpt(member) })
    for (const { target, parameters, whole } of links) {
      const seen = { target: excerpt(target) }
      const references = [target, parameter(parameters, 'anchor') ?? '']
      const bad = references.find((each) => !isUriReference(each) || resolveUri(each, url) === undefined)
      if (whole && bad !== undefined) yield targetBad.at(place, { target: excerpt(bad) })
      const rel = parameter(parameters, 'rel')
      if (parameter(parameters, 'rev') !== undefined) yield rev.at(place, seen)
      else if (whole && (rel === undefined || rel.trim() === '')) yield relMissing.at(place, seen)
      const type = parameter(parameters, 'type')
      if (type !== undefined && parseMediaType(type) === undefined)
        yield typeBad.at(place, { ...seen, type: excerpt(type) })
      const relations = new Set((rel ?? '').toLowerCase().split(/\s+/))
      const relation = hints.find((each) => relations.has(each))
      if (!whole || relation === undefined || bad !== undefined) continue
      const scheme = resolveUri(target, url)?.protocol ?? ''
      const why = /^https?:$/.test(scheme)
        ? relation === 'preload' && parameter(parameters, 'as') === undefined
          ? 'as is missing'
          : undefined
        : `nothing can be fetched by ${scheme}`
      if (why !== undefined) yield hintUnusable.at(place, { ...seen, relation, why: excerpt(why) })
    }
  },
  examples: [
    {
      title: 'two links, a comma in one address',
      given: given({ fields: [['Link', '</a,b>; rel="next", <https://c.test/>; rel=preconnect; crossorigin']] }),
      yields: [],
    },
    {
      title: 'a preload',
      given: given({ fields: [['Link', '</a.css>; rel=preload; as=style; type="text/css"']] }),
      yields: [],
    },
    { title: 'no brackets', given: given({ fields: [['Link', '/a; rel=next']] }), yields: [malformed] },
    { title: 'a space in the target', given: given({ fields: [['Link', '</a b>; rel=next']] }), yields: [targetBad] },
    {
      title: 'a bad anchor',
      given: given({ fields: [['Link', '</a>; rel=next; anchor="{id}"']] }),
      yields: [targetBad],
    },
    { title: 'no rel', given: given({ fields: [['Link', '</a>; title=x']] }), yields: [relMissing] },
    { title: 'rev', given: given({ fields: [['Link', '</a>; rev=made']] }), yields: [rev] },
    {
      title: 'rev beside a mistake',
      given: given({ fields: [['Link', '</a>; rev=made; "b"']] }),
      yields: [malformed, rev],
    },
    { title: 'rev of nothing', given: given({ fields: [['Link', '</a>; rev']] }), yields: [relMissing] },
    {
      title: 'a type that is none',
      given: given({ fields: [['Link', '</a>; rel=next; type=css']] }),
      yields: [typeBad],
    },
    {
      title: 'a preload of nothing in particular',
      given: given({ fields: [['Link', '</a>; rel=preload']] }),
      yields: [hintUnusable],
    },
    {
      title: 'a preconnect to a file',
      given: given({ fields: [['Link', '<file:///a>; rel=preconnect']] }),
      yields: [hintUnusable],
    },
  ],
})
