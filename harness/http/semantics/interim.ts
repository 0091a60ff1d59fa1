import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const field = rule({
  id: 'http/interim-field',
  level: 'error',
  reference: rfc(9110, '15.2'),
  says: (e: { status: number; field: string }) =>
    `The interim ${e.status} has ${e.field}, which speaks of content that it cannot have.`,
  wants: 'Interim responses have no Content-Length, Transfer-Encoding, Content-Range or Trailer.',
  remedy: 'Send these fields with the final response only.',
  aka: { redbot: 'ONE_XX_BAD_HEADER' },
})

const hintless = rule({
  id: 'http/interim-hintless',
  level: 'info',
  reference: rfc(8297, '2'),
  says: () => 'A 103 came without Link, so it hints at nothing.',
  wants: '103 carries Link.',
  remedy: 'Add Link with what the page will need, or drop the 103.',
})

const names = ['content-length', 'transfer-encoding', 'content-range', 'trailer']

/** Interim responses (RFC 9110 sections 8.6 and 15.2; RFC 9112 section 6.1; RFC 8297). */
export const interim = check({
  id: 'http/interim',
  rules: [field, hintless],
  applies: ({ exchange }) => exchange.interim.length > 0,
  *run({ exchange }: Message) {
    for (const { status, fields } of exchange.interim) {
      const present = fields.map(({ name }) => name.toLowerCase())
      const bad = names.find((name) => present.includes(name))
      if (bad !== undefined) yield field.at(`interim.${status}.fields.${bad}`, { status, field: bad })
      if (status === 103 && !present.includes('link')) yield hintless.at('interim.103')
    }
  },
  examples: [
    {
      title: 'early hints',
      given: given({ interim: [{ status: 103, fields: [['Link', '</a.css>; rel=preload; as=style']] }] }),
      yields: [],
    },
    {
      title: 'a 100 with a length',
      given: given({ interim: [{ status: 100, fields: [['Content-Length', '0']] }] }),
      yields: [field],
    },
    { title: 'hints without a hint', given: given({ interim: [{ status: 103 }] }), yields: [hintless] },
  ],
})
