import { check, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { splitList } from '../grammar/list.ts'
import { tokenSource } from '../grammar/token.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.upgrade'

const malformed = rule({
  id: 'http/upgrade-malformed',
  level: 'error',
  reference: rfc(9110, '7.8'),
  says: (e: { value: string }) => `Upgrade is "${e.value}", not a list of protocols.`,
  wants: 'Upgrade lists protocol names, each with a version after a slash where it needs one.',
  remedy: 'Send "websocket" or "h2c", or drop the field.',
})

const unconnected = rule({
  id: 'http/upgrade-unconnected',
  level: 'error',
  reference: rfc(9110, '7.8'),
  says: () => 'Upgrade is there without "Connection: upgrade", so a proxy may pass it on.',
  wants: 'Upgrade comes with the connection option upgrade.',
  remedy: 'Send "Connection: Upgrade" with it; behind a proxy, send neither.',
})

const protocol = new RegExp(`^${tokenSource}(?:/${tokenSource})?$`)

/** Upgrade: `#protocol`, together with Connection (RFC 9110 section 7.8). */
export const upgrade = check({
  id: 'http/upgrade',
  rules: [malformed, unconnected],
  applies: ({ response }) => response.fields.has('upgrade'),
  *run({ response }: Message) {
    const value = response.fields.get('upgrade')
    if (value === undefined) return
    if (!splitList(value).every((member) => protocol.test(member))) yield malformed.at(place, { value: excerpt(value) })
    const options = splitList(response.fields.get('connection')?.toLowerCase() ?? '')
    if (!options.includes('upgrade')) yield unconnected.at(place)
  },
  examples: [
    {
      title: 'as Apache offers HTTP/2',
      given: given({
        fields: [
          ['Upgrade', 'h2,h2c'],
          ['Connection', 'Upgrade, Keep-Alive'],
        ],
      }),
      yields: [],
    },
    {
      title: 'a sentence',
      given: given({
        fields: [
          ['Upgrade', 'web socket'],
          ['Connection', 'Upgrade'],
        ],
      }),
      yields: [malformed],
    },
    {
      title: 'passed on by a proxy',
      given: given({
        fields: [
          ['Upgrade', 'h2'],
          ['Connection', 'keep-alive'],
        ],
      }),
      yields: [unconnected],
    },
  ],
})
