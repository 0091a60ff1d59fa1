import { check, rfc, rule } from '../../kernel/index.ts'
import { splitList } from '../grammar/list.ts'
import { parseItem } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'request.fields.available-dictionary'

const typeBad = rule({
  id: 'http/request-dictionary-type-bad',
  level: 'warning',
  reference: rfc(9842, '2.2'),
  says: () => 'Available-Dictionary is no byte sequence.',
  wants: 'Available-Dictionary is the SHA-256 of a dictionary, between colons.',
  remedy: 'Write the hash in base64 between colons.',
  aka: { redbot: 'AVAILABLE_DICTIONARY_BAD_TYPE' },
})
const unaccepted = rule({
  id: 'http/request-dictionary-unaccepted',
  level: 'warning',
  reference: rfc(9842, '2.2'),
  says: () => 'Available-Dictionary is there, and Accept-Encoding names neither dcb nor dcz.',
  wants: 'Who has a dictionary accepts a coding that uses it.',
  remedy: 'Add dcb or dcz to Accept-Encoding.',
  aka: { redbot: 'AVAILABLE_DICTIONARY_MISSING_AE' },
})

/** Available-Dictionary: a Byte Sequence, with a coding that uses it (RFC 9842 section 2.2). */
export const requestDictionary = check({
  id: 'http/request-dictionary',
  rules: [typeBad, unaccepted],
  applies: ({ request: { fields } }) => fields.has('available-dictionary'),
  *run({ request: { fields } }: Message) {
    const value = fields.get('available-dictionary')
    if (value === undefined) return
    const item = parseItem(value)?.item
    if (item !== undefined && item.type !== 'binary') yield typeBad.at(place)
    const codings = splitList(fields.get('accept-encoding')?.toLowerCase() ?? '').map((each) => splitList(each, ';')[0])
    if (!codings.includes('dcb') && !codings.includes('dcz')) yield unaccepted.at(place)
  },
  examples: [
    {
      title: 'a hash and dcb',
      given: given({
        requestFields: [
          ['Available-Dictionary', ':aGk=:'],
          ['Accept-Encoding', 'gzip, dcb'],
        ],
      }),
      yields: [],
    },
    {
      title: 'a name and gzip',
      given: given({
        requestFields: [
          ['Available-Dictionary', '"a"'],
          ['Accept-Encoding', 'gzip'],
        ],
      }),
      yields: [typeBad, unaccepted],
    },
  ],
})
