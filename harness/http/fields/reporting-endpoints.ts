import { check, document, rfc, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isInnerList, parseDictionary } from '../grammar/structured-field.ts'
import { resolveUri } from '../grammar/uri.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.reporting-endpoints'

const malformed = rule({
  id: 'http/reporting-endpoints-malformed',
  level: 'error',
  reference: rfc(9651, '4.2.2'),
  says: (e: { value: string }) => `Reporting-Endpoints is "${e.value}", which does not parse, so no report is sent.`,
  wants: 'Reporting-Endpoints is name="address", separated by commas.',
  remedy: 'Put the address in double quotes, and give the name in small letters.',
})

const insecure = rule({
  id: 'http/reporting-endpoints-insecure',
  level: 'warning',
  reference: document('Reporting API section 3.2', 'https://www.w3.org/TR/reporting-1/#header'),
  says: (e: { name: string; address: string }) =>
    `The endpoint ${e.name} is "${e.address}", and reports go over https only.`,
  wants: 'Endpoints are https.',
  remedy: 'Give an https address.',
})

/** Reporting-Endpoints: a Dictionary of Strings (Reporting API section 3.2). */
export const reportingEndpoints = check({
  id: 'http/reporting-endpoints',
  rules: [malformed, insecure],
  applies: ({ response }) => response.fields.has('reporting-endpoints'),
  *run({ url, response }: Message) {
    const value = response.fields.get('reporting-endpoints')
    if (value === undefined) return
    const members = [...(parseDictionary(value)?.members ?? [])]
    const endpoints = members.map(([name, member]) => [name, isInnerList(member) ? undefined : member.item] as const)
    if (members.length === 0 || endpoints.some(([, item]) => item?.type !== 'string')) {
      yield malformed.at(place, { value: excerpt(value) })
      return
    }
    for (const [name, item] of endpoints) {
      const address = item?.text ?? ''
      if (resolveUri(address, url)?.protocol !== 'https:') {
        yield insecure.at(place, { name: excerpt(name), address: excerpt(address) })
      }
    }
  },
  examples: [
    {
      title: 'an address and a path',
      given: given({
        url: 'https://origin.test/',
        fields: [['Reporting-Endpoints', 'csp="/reports", default="https://r.test/"']],
      }),
      yields: [],
    },
    {
      title: 'no quotes',
      given: given({ fields: [['Reporting-Endpoints', 'csp=https://r.test/']] }),
      yields: [malformed],
    },
    {
      title: 'plain http',
      given: given({ fields: [['Reporting-Endpoints', 'csp="http://r.test/"']] }),
      yields: [insecure],
    },
  ],
})
