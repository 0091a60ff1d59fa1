import { check, document, rule } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { isInnerList, parseDictionary } from '../grammar/structured-field.ts'
import { resolveUri } from '../grammar/uri.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.reporting-endpoints'
const reference = document('Reporting API section 3.2', 'https://www.w3.org/TR/reporting-1/#header')
type Seen = { readonly name: string }

const typeBad = rule({
  id: 'http/reporting-endpoints-detail-type-bad',
  level: 'warning',
  reference,
  says: (e: Seen) => `The endpoint ${e.name} is no text in quotes.`,
  wants: 'An endpoint is an address in quotes.',
  remedy: 'Put double quotes around the address.',
  aka: { redbot: 'BAD_REPORTING_ENDPOINT_SYNTAX' },
})
const insecure = rule({
  id: 'http/reporting-endpoints-detail-insecure',
  level: 'info',
  reference,
  says: (e: Seen) => `The endpoint ${e.name} is not reached over https, so browsers send nothing there.`,
  wants: 'Reports go over https.',
  remedy: 'Name an https address.',
  aka: { redbot: 'ENDPOINT_NOT_SECURE' },
})

/** Reporting-Endpoints, endpoint by endpoint. */
export const reportingEndpointsDetail = check({
  id: 'http/reporting-endpoints-detail',
  rules: [typeBad, insecure],
  applies: ({ response }) => response.fields.has('reporting-endpoints'),
  *run({ url, response }: Message) {
    const value = response.fields.get('reporting-endpoints')
    if (value === undefined) return
    for (const [key, member] of parseDictionary(value)?.members ?? []) {
      const name = excerpt(key)
      if (isInnerList(member) || member.item.type !== 'string') yield typeBad.at(place, { name })
      else if (!/^(?:https|wss):$/.test(resolveUri(member.item.text, url)?.protocol ?? 'https:'))
        yield insecure.at(place, { name })
    }
  },
  examples: [
    { title: 'over https', given: given({ fields: [['Reporting-Endpoints', 'a="https://a.test/"']] }), yields: [] },
    { title: 'a bare word', given: given({ fields: [['Reporting-Endpoints', 'a=b']] }), yields: [typeBad] },
    { title: 'over http', given: given({ fields: [['Reporting-Endpoints', 'a="/r"']] }), yields: [insecure] },
  ],
})
