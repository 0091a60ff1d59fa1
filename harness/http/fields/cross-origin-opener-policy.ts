import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { parseItem } from '../grammar/structured-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.cross-origin-opener-policy'
const reference = document(
  'HTML Standard, Cross-Origin-Opener-Policy',
  'https://html.spec.whatwg.org/multipage/browsers.html#the-coop-headers',
)

const unknown = rule({
  id: 'http/cross-origin-opener-policy-unknown',
  level: 'error',
  reference,
  says: (e: { value: string }) => `Cross-Origin-Opener-Policy is "${e.value}", which browsers take for unsafe-none.`,
  wants: 'The policy is same-origin, same-origin-allow-popups, noopener-allow-popups or unsafe-none, unquoted, once.',
  remedy: 'Send "same-origin".',
})

const unsafe = rule({
  id: 'http/cross-origin-opener-policy-unsafe',
  level: 'info',
  reference,
  says: () => 'Cross-Origin-Opener-Policy is unsafe-none, which is the same as not sending it.',
  wants: 'The policy separates the page from those that open it.',
  remedy: 'Send same-origin, or same-origin-allow-popups where popups must talk back.',
})

const policies = new Set(['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none'])

/** Cross-Origin-Opener-Policy: a Structured Field Token (HTML Standard). */
export const crossOriginOpenerPolicy = check({
  id: 'http/cross-origin-opener-policy',
  rules: [unknown, unsafe],
  applies: ({ response }) => response.fields.has('cross-origin-opener-policy'),
  *run({ response }: Message) {
    const value = response.fields.get('cross-origin-opener-policy')
    if (value === undefined) return
    const item = parseItem(value)?.item
    if (item?.type !== 'token' || !policies.has(item.text)) yield unknown.at(place, { value: excerpt(value) })
    else if (item.text === 'unsafe-none') yield unsafe.at(place)
  },
  examples: [
    {
      title: 'same-origin',
      given: given({ fields: [['Cross-Origin-Opener-Policy', 'same-origin; report-to="coop"']] }),
      yields: [],
    },
    {
      title: 'noopener-allow-popups',
      given: given({ fields: [['Cross-Origin-Opener-Policy', 'noopener-allow-popups']] }),
      yields: [],
    },
    {
      title: 'two of them',
      given: given({
        fields: [
          ['Cross-Origin-Opener-Policy', 'same-origin'],
          ['Cross-Origin-Opener-Policy', 'same-origin'],
        ],
      }),
      yields: [unknown],
    },
    {
      title: 'another word',
      given: given({ fields: [['Cross-Origin-Opener-Policy', 'same-site']] }),
      yields: [unknown],
    },
    {
      title: 'unsafe-none',
      given: given({ fields: [['Cross-Origin-Opener-Policy', 'unsafe-none']] }),
      yields: [unsafe],
    },
  ],
})
