import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isInnerList, parseList } from '../grammar/structured-field.ts'
import { resolveUri } from '../grammar/uri.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.speculation-rules'
const reference = document(
  'HTML Standard, the Speculation-Rules header',
  'https://html.spec.whatwg.org/multipage/speculative-loading.html#the-speculation-rules-header',
)

const typeBad = rule({
  id: 'http/speculation-rules-type-bad',
  level: 'warning',
  reference,
  says: (e: { value: string }) => `Speculation-Rules is "${e.value}", with a member that is not in quotes.`,
  wants: 'Speculation-Rules lists addresses in quotes.',
  remedy: 'Put double quotes around each address.',
  aka: { redbot: 'SPECULATION_RULES_BAD_TYPE' },
})
const insecure = rule({
  id: 'http/speculation-rules-insecure',
  level: 'warning',
  reference,
  says: (e: { address: string }) => `Speculation-Rules names ${e.address}, which is not fetched over https.`,
  wants: 'Rules are fetched over https.',
  remedy: 'Serve the rules over https.',
  aka: { redbot: 'SPECULATION_RULE_NOT_SECURE' },
})

/** Speculation-Rules: a List of Strings, addresses of rule sets. */
export const speculationRules = check({
  id: 'http/speculation-rules',
  rules: [typeBad, insecure],
  applies: ({ response }) => response.fields.has('speculation-rules'),
  *run({ url, response }: Message) {
    const value = response.fields.get('speculation-rules')
    if (value === undefined) return
    for (const member of parseList(value) ?? []) {
      const item = isInnerList(member) ? undefined : member.item
      if (item?.type !== 'string') yield typeBad.at(place, { value: excerpt(value) })
      else if (!/^(?:https|wss):$/.test(resolveUri(item.text, url)?.protocol ?? 'https:'))
        yield insecure.at(place, { address: excerpt(item.text) })
    }
  },
  examples: [
    {
      title: 'over https',
      given: given({ url: 'https://a.test/', fields: [['Speculation-Rules', '"/r"']] }),
      yields: [],
    },
    { title: 'a number', given: given({ fields: [['Speculation-Rules', '1']] }), yields: [typeBad] },
    { title: 'over http', given: given({ fields: [['Speculation-Rules', '"/r"']] }), yields: [insecure] },
  ],
})
