import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const ageNotInteger = rule({
  id: 'http/age-not-integer',
  level: 'error',
  reference: rfc(9111, '5.1'),
  says: (e: { value: string }) => `Age is "${e.value}", not a whole number of seconds.`,
  wants: 'Age is one non-negative whole number of seconds.',
  remedy: 'Send whole seconds in Age, or drop the field.',
  aka: { redbot: 'AGE_NOT_INT' },
})

const ageNegative = rule({
  id: 'http/age-negative',
  level: 'error',
  reference: rfc(9111, '5.1'),
  says: (e: { value: string }) => `Age is ${e.value}, less than nothing.`,
  wants: 'Age is one non-negative whole number of seconds.',
  remedy: 'Look at the clock of the cache that writes Age.',
  aka: { redbot: 'AGE_NEGATIVE' },
})

const ageTooLarge = rule({
  id: 'http/age-too-large',
  level: 'warning',
  reference: rfc(9111, '1.2.2'),
  says: (e: { value: string }) => `Age is ${e.value} seconds, more than caches can count.`,
  wants: 'Age is at most 2147483648 seconds.',
  remedy: 'Look at the clock of the cache that writes Age.',
  aka: { redbot: 'AGE_LARGE' },
})

/** Age: delta-seconds, added by caches (RFC 9111 section 5.1). */
export const age = check({
  id: 'http/age',
  rules: [ageNotInteger, ageNegative, ageTooLarge],
  applies: ({ response }) => response.fields.has('age'),
  *run({ response }: Message) {
    // Of several the first counts (RFC 9111 section 5.1).
    for (const value of response.fields.all('age').slice(0, 1)) {
      const seen = { value: excerpt(value) }
      if (/^-0*[1-9]\d*$/.test(value)) yield ageNegative.at('response.fields.age', seen)
      else if (!/^\d+$/.test(value)) yield ageNotInteger.at('response.fields.age', seen)
      else if (Number(value) > 2 ** 31) yield ageTooLarge.at('response.fields.age', seen)
    }
  },
  examples: [
    { title: 'a whole number', given: given({ fields: [['Age', '10']] }), yields: [] },
    { title: 'a word', given: given({ fields: [['Age', 'ten']] }), yields: [ageNotInteger] },
    { title: 'a negative number', given: given({ fields: [['Age', '-1']] }), yields: [ageNegative] },
    {
      title: 'a word after a number, which nobody reads',
      given: given({
        fields: [
          ['Age', '10'],
          ['Age', 'ten'],
        ],
      }),
      yields: [],
    },
    { title: 'a century', given: given({ fields: [['Age', '3153600000']] }), yields: [ageTooLarge] },
  ],
})
