import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { parseParameters } from '../grammar/parameters.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const malformed = rule({
  id: 'http/keep-alive-malformed',
  level: 'warning',
  reference: document('RFC 9112 appendix C.2.2', 'https://www.rfc-editor.org/rfc/rfc9112#appendix-C.2.2'),
  says: (e: { member: string }) => `Keep-Alive holds "${e.member}", which is no parameter.`,
  wants: 'Keep-Alive lists timeout and max in whole numbers, separated by commas.',
  remedy: 'Send "timeout=5, max=100", or drop the field.',
})

/** Keep-Alive: `#( name = number )` (RFC 9112 appendix C.2.2; its syntax was RFC 2068 section 19.7.1.1). */
export const keepAlive = check({
  id: 'http/keep-alive',
  rules: [malformed],
  applies: ({ response }) => response.fields.has('keep-alive'),
  *run({ response }: Message) {
    const value = response.fields.get('keep-alive')
    if (value === undefined) return
    for (const member of splitList(value)) {
      // The oldest form is a bare number.
      if (/^\d+$/.test(member)) continue
      const { all, malformed: broken } = parseParameters([member])
      const number = all[0]?.name === 'timeout' || all[0]?.name === 'max'
      if (broken.length > 0 || (number && !/^\d+$/.test(all[0]?.value ?? ''))) {
        yield malformed.at('response.fields.keep-alive', { member: excerpt(member) })
      }
    }
  },
  examples: [
    { title: 'as Apache sends it', given: given({ fields: [['Keep-Alive', 'timeout=5, max=100']] }), yields: [] },
    { title: 'a bare number', given: given({ fields: [['Keep-Alive', '300']] }), yields: [] },
    { title: 'a unit', given: given({ fields: [['Keep-Alive', 'timeout=5s']] }), yields: [malformed] },
    { title: 'semicolons', given: given({ fields: [['Keep-Alive', 'timeout=5; max=100']] }), yields: [malformed] },
  ],
})
