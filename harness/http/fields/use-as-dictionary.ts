import { check, rfc, rule } from '../../kernel/index.ts'
import { isInnerList, parseDictionary } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.use-as-dictionary'

const typeBad = rule({
  id: 'http/use-as-dictionary-type-bad',
  level: 'warning',
  reference: rfc(9842, '2.1'),
  says: (e: { key: string; wanted: string }) => `Use-As-Dictionary gives ${e.key} another type than ${e.wanted}.`,
  wants: 'match and id are Strings, type is a Token, ttl a whole number.',
  remedy: 'Write match="/js/*", id="a", type=raw, ttl=60.',
  aka: { redbot: 'USE_AS_DICTIONARY_BAD_TYPE' },
})
const destinationBad = rule({
  id: 'http/use-as-dictionary-destination-bad',
  level: 'warning',
  reference: rfc(9842, '2.1.2'),
  says: () => 'Use-As-Dictionary gives a match-dest that is no list of texts.',
  wants: 'match-dest is a list of Strings in parentheses.',
  remedy: 'Write match-dest=("script" "style").',
  aka: { redbot: 'USE_AS_DICTIONARY_BAD_MATCH_DEST' },
})

const types: Readonly<Record<string, readonly string[]>> = {
  match: ['string'],
  id: ['string'],
  type: ['token'],
  ttl: ['integer'],
}

/** Use-As-Dictionary: a Dictionary (RFC 9842 section 2.1). */
export const useAsDictionary = check({
  id: 'http/use-as-dictionary',
  rules: [typeBad, destinationBad],
  applies: ({ response }) => response.fields.has('use-as-dictionary'),
  *run({ response }: Message) {
    const value = response.fields.get('use-as-dictionary')
    if (value === undefined) return
    for (const [key, member] of parseDictionary(value)?.members ?? []) {
      const wanted = Object.hasOwn(types, key) ? types[key] : undefined
      if (wanted !== undefined && (isInnerList(member) || !wanted.includes(member.item.type)))
        yield typeBad.at(place, { key, wanted: wanted[0] ?? '' })
      if (key !== 'match-dest') continue
      const items = isInnerList(member) ? member.items : [member]
      if (items.some(({ item }) => item.type !== 'string')) yield destinationBad.at(place)
    }
  },
  examples: [
    {
      title: 'all that is defined',
      given: given({ fields: [['Use-As-Dictionary', 'match="/*", match-dest=("script"), ttl=60, type=raw']] }),
      yields: [],
    },
    { title: 'a number', given: given({ fields: [['Use-As-Dictionary', 'match=1']] }), yields: [typeBad] },
    {
      title: 'a bare destination',
      given: given({ fields: [['Use-As-Dictionary', 'match="/*", match-dest=(script)']] }),
      yields: [destinationBad],
    },
  ],
})
