import { check, document, rule } from '../../kernel/index.ts'
import { isObject, jsonField } from '../grammar/json-field.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const place = 'response.fields.report-to'
const fault = <const State extends string>(state: State, redbot: string, what: string) =>
  rule({
    id: `http/report-to-${state}`,
    level: 'info',
    reference: document('Reporting API, 2018', 'https://www.w3.org/TR/2018/WD-reporting-1-20180925/#header'),
    says: (e: { member: string }) => `Report-To${e.member === '' ? '' : `: ${e.member}`} ${what}.`,
    wants: 'Report-To is an object with max_age and endpoints.',
    remedy: 'Send Reporting-Endpoints in its place.',
    aka: { redbot },
  })
const malformed = fault('malformed', 'BAD_JSON', 'is no JSON')
const structureBad = fault('structure-bad', 'REPORT_TO_BAD_STRUCTURE', 'is no object')
const missing = fault('missing', 'REPORT_TO_MISSING_KEY', 'is missing')
const typeBad = fault('type-bad', 'REPORT_TO_BAD_TYPE', 'has the wrong type')

/** Report-To: JSON objects, which Reporting-Endpoints replaced. */
export const reportTo = check({
  id: 'http/report-to',
  rules: [malformed, structureBad, missing, typeBad],
  applies: ({ response }) => response.fields.has('report-to'),
  *run({ response: { fields } }: Message) {
    if (!fields.has('report-to')) return
    const values = jsonField(fields, 'report-to')
    if (values === undefined) yield malformed.at(place, { member: '' })
    for (const group of values ?? []) {
      if (!isObject(group)) {
        yield structureBad.at(place, { member: '' })
        continue
      }
      const { max_age: age, endpoints } = group
      if (!Object.hasOwn(group, 'max_age')) yield missing.at(place, { member: 'max_age' })
      else if (!Number.isInteger(age)) yield typeBad.at(place, { member: 'max_age' })
      if (!Object.hasOwn(group, 'endpoints')) yield missing.at(place, { member: 'endpoints' })
      else if (!Array.isArray(endpoints)) yield typeBad.at(place, { member: 'endpoints' })
      for (const endpoint of Array.isArray(endpoints) ? endpoints : []) {
        if (!isObject(endpoint)) yield structureBad.at(place, { member: 'endpoints' })
        else if (!Object.hasOwn(endpoint, 'url')) yield missing.at(place, { member: 'url' })
        else if (typeof endpoint['url'] !== 'string') yield typeBad.at(place, { member: 'url' })
      }
    }
  },
  examples: [
    { title: 'a group', given: groups('{"max_age": 1, "endpoints": [{"url": "https://a.test/"}]}'), yields: [] },
    { title: 'no JSON', given: groups('a'), yields: [malformed] },
    { title: 'a number', given: groups('1'), yields: [structureBad] },
    { title: 'nothing in it', given: groups('{}'), yields: [missing] },
    { title: 'a text for a number', given: groups('{"max_age": "1", "endpoints": []}'), yields: [typeBad] },
  ],
})

function groups(value: string): Message {
  return given({ fields: [['Report-To', value]] })
}
