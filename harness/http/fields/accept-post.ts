import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { mediaName } from '../grammar/media-range.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/accept-post-malformed',
  level: 'warning',
  reference: document('Linked Data Platform section 7.1', 'https://www.w3.org/TR/ldp/#header-accept-post'),
  says: (e: { member: string }) => `Accept-Post names "${e.member}", which is none of the media ranges that it lists.`,
  wants: 'Accept-Post lists media ranges that POST requests may have.',
  remedy: 'Write type/subtype, separated by commas.',
  aka: { redbot: 'ACCEPT_POST_BAD_SYNTAX' },
})

/** Accept-Post: what POST requests may hold, a list of media ranges. */
export const acceptPost = check({
  id: 'http/accept-post',
  rules: [malformed],
  applies: ({ response }) => response.fields.has('accept-post'),
  *run({ response }: Message) {
    for (const member of splitList(response.fields.get('accept-post') ?? '')) {
      const [name = ''] = splitList(member, ';')
      if (mediaName(name, true) === 'not-a-media-type')
        yield malformed.at('response.fields.accept-post', { member: excerpt(member) })
    }
  },
  examples: [
    {
      title: 'two types',
      given: given({ fields: [['Accept-Post', 'text/turtle;v=1, application/json']] }),
      yields: [],
    },
    { title: 'a word', given: given({ fields: [['Accept-Post', 'json']] }), yields: [malformed] },
  ],
})
