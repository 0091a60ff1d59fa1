import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { mediaName } from '../grammar/media-range.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/accept-patch-malformed',
  level: 'warning',
  reference: rfc(5789, '3.1'),
  says: (e: { member: string }) => `Accept-Patch names "${e.member}", which is none of the media types that it lists.`,
  wants: 'Accept-Patch lists media types that PATCH requests may have.',
  remedy: 'Write type/subtype, separated by commas.',
  aka: { redbot: 'ACCEPT_PATCH_BAD_SYNTAX' },
})

/** Accept-Patch: what PATCH requests may hold, a list of media types. */
export const acceptPatch = check({
  id: 'http/accept-patch',
  rules: [malformed],
  applies: ({ response }) => response.fields.has('accept-patch'),
  *run({ response }: Message) {
    for (const member of splitList(response.fields.get('accept-patch') ?? '')) {
      const [name = ''] = splitList(member, ';')
      if (mediaName(name, false) === 'not-a-media-type')
        yield malformed.at('response.fields.accept-patch', { member: excerpt(member) })
    }
  },
  examples: [
    {
      title: 'two types',
      given: given({ fields: [['Accept-Patch', 'text/turtle;v=1, application/json']] }),
      yields: [],
    },
    { title: 'a word', given: given({ fields: [['Accept-Patch', 'json']] }), yields: [malformed] },
  ],
})
