import { z } from 'zod'
import { rfc } from '../../kernel/index.ts'
import { excerpt } from '../excerpt.ts'
import { given } from '../message.ts'
import { expectation } from './expectation.ts'
import { fieldSeen, missing, unless } from './seen.ts'

const name = z.string().min(1)
const expression = z.string().refine(
  (text) => {
    try {
      return new RegExp(text, 'v') instanceof RegExp
    } catch {
      return false
    }
  },
  { error: 'a regular expression' },
)

const status = expectation({
  id: 'answer-status',
  value: z.int().min(100).max(599).meta({ description: 'Status of the page' }),
  reference: rfc(9110, '15'),
  wanted: (value) => `status ${value}`,
  look: (value, { response }) => unless(response.status === value, () => `status ${response.status}`),
  examples: [
    { title: 'the same', value: 404, page: given({ status: 404 }), met: true },
    { title: 'another', value: 404, page: given(), met: false },
  ],
})

const redirectsTo = expectation({
  id: 'answer-redirects-to',
  value: z.string().min(1).meta({ description: 'Where the page redirects to: a URL, or a path on the same server' }),
  reference: rfc(9110, '10.2.2'),
  wanted: (value) => `a redirect to ${value}`,
  look: (value, page) => {
    const { response, url } = page
    const target = response.fields.all('location')[0]
    const redirected = response.status >= 300 && response.status < 400 && target !== undefined
    const same = redirected && URL.parse(target, url.href)?.href === URL.parse(value, url.href)?.href
    return unless(same, () => `status ${response.status}, ${fieldSeen(page, 'Location')}`)
  },
  examples: [
    { title: 'by path', value: '/b', page: given({ status: 302, fields: [['Location', '/b']] }), met: true },
    {
      title: 'by URL',
      value: '/b',
      page: given({ status: 301, fields: [['Location', 'http://origin.test/b']] }),
      met: true,
    },
    { title: 'elsewhere', value: '/b', page: given({ status: 302, fields: [['Location', '/c']] }), met: false },
    { title: 'no redirect', value: '/b', page: given({ status: 201, fields: [['Location', '/b']] }), met: false },
  ],
})

const fieldsPresent = expectation({
  id: 'answer-fields-present',
  value: z.array(name).min(1).meta({ description: 'Fields that are there' }),
  reference: rfc(9110, '6.3'),
  wanted: (value) => `the fields ${value.join(', ')}`,
  look: (value, { response }) => missing(value, (one) => response.fields.has(one), 'no'),
  examples: [
    { title: 'there', value: ['date'], page: given({ fields: [['Date', '']] }), met: true },
    { title: 'not there', value: ['date'], page: given(), met: false },
  ],
})

const fieldsAbsent = expectation({
  id: 'answer-fields-absent',
  value: z.array(name).min(1).meta({ description: 'Fields that are not there' }),
  reference: rfc(9110, '6.3'),
  wanted: (value) => `none of the fields ${value.join(', ')}`,
  look: (value, { response }) => missing(value, (one) => !response.fields.has(one), 'there are'),
  examples: [
    { title: 'not there', value: ['x-debug'], page: given(), met: true },
    { title: 'there', value: ['x-debug'], page: given({ fields: [['X-Debug', '1']] }), met: false },
  ],
})

const fieldsEqual = expectation({
  id: 'answer-fields-equal',
  value: z.record(name, z.string()).meta({ description: 'Fields and their whole values' }),
  reference: rfc(9110, '5.5'),
  wanted: (value) =>
    Object.entries(value)
      .map(([one, text]) => `${one}: ${excerpt(text)}`)
      .join(', '),
  look: (value, page) => {
    const wrong = Object.entries(value).filter(([one, text]) => page.response.fields.get(one) !== text)
    return unless(wrong.length === 0, () => wrong.map(([one]) => fieldSeen(page, one)).join(', '))
  },
  examples: [
    { title: 'equal', value: { 'x-a': '1' }, page: given({ fields: [['X-A', '1']] }), met: true },
    { title: 'not equal', value: { 'x-a': '1' }, page: given({ fields: [['X-A', '1, 2']] }), met: false },
  ],
})

const fieldsMatching = expectation({
  id: 'answer-fields-matching',
  value: z.record(name, expression).meta({ description: 'Fields and regular expressions that their values match' }),
  reference: rfc(9110, '5.5'),
  wanted: (value) =>
    Object.entries(value)
      .map(([one, text]) => `${one} to match ${excerpt(text)}`)
      .join(', '),
  look: (value, page) => {
    const wrong = Object.entries(value).filter(([one, text]) => {
      const seen = page.response.fields.get(one)
      return seen === undefined || !new RegExp(text, 'v').test(seen)
    })
    return unless(wrong.length === 0, () => wrong.map(([one]) => fieldSeen(page, one)).join(', '))
  },
  examples: [
    { title: 'matching', value: { 'x-a': '^[0-9]+$' }, page: given({ fields: [['X-A', '12']] }), met: true },
    { title: 'not matching', value: { 'x-a': '^[0-9]+$' }, page: given({ fields: [['X-A', 'b']] }), met: false },
    { title: 'not there', value: { 'x-a': '' }, page: given(), met: false },
  ],
})

const fieldBytesAtMost = expectation({
  id: 'answer-field-bytes',
  value: z.int().min(1).meta({ description: 'Names and values of all fields together, bytes' }),
  reference: rfc(9110, '5.4'),
  wanted: (value) => `at most ${value} bytes of fields`,
  look: (value, { response }) => {
    // A line is a name, a colon, a space, a value and its end.
    const bytes = response.fields.lines.reduce((sum, line) => sum + line.name.length + line.value.length + 4, 0)
    return unless(bytes <= value, () => `${bytes} bytes`)
  },
  examples: [
    { title: 'few', value: 8, page: given({ fields: [['a', 'bcd']] }), met: true },
    { title: 'many', value: 7, page: given({ fields: [['a', 'bcd']] }), met: false },
  ],
})

const serverVersion = expectation({
  id: 'answer-server-version',
  value: z.literal('hidden').meta({ description: 'Server and X-Powered-By tell no version' }),
  reference: rfc(9110, '10.2.4'),
  wanted: () => 'no version of the server',
  look: (_, page) => {
    const tells = ['Server', 'X-Powered-By'].filter((one) => /\d/.test(page.response.fields.get(one) ?? ''))
    return unless(tells.length === 0, () => tells.map((one) => fieldSeen(page, one)).join(', '))
  },
  examples: [
    { title: 'a name', value: 'hidden', page: given({ fields: [['Server', 'nginx']] }), met: true },
    { title: 'a version', value: 'hidden', page: given({ fields: [['Server', 'nginx/1.22']] }), met: false },
  ],
})

export const answer = {
  status,
  redirectsTo,
  fieldsPresent,
  fieldsAbsent,
  fieldsEqual,
  fieldsMatching,
  fieldBytesAtMost,
  serverVersion,
}
