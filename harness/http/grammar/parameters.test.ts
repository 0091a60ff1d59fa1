import { expect, test } from 'vitest'
import { parameter, parseParameters } from './parameters.ts'

test('a value is a token or a quoted string, and names lose their case', () => {
  const parameters = parseParameters(['Charset=utf-8', 'title="a; \\"b\\""'])
  expect(parameters.malformed).toEqual([])
  expect(parameter(parameters, 'charset')).toBe('utf-8')
  expect(parameter(parameters, 'title')).toBe('a; "b"')
})

test.each(['charset = utf-8', 'charset', 'charset=', '=x', 'a=b c', 'a="b'])(
  '%j is malformed where the form is strict',
  (segment) => {
    expect(parseParameters([segment]).malformed).toEqual([segment])
  },
)

test('the loose form allows white space around the sign and a name alone', () => {
  const parameters = parseParameters(['rel = next', 'crossorigin'], 'loose')
  expect(parameters.malformed).toEqual([])
  expect(parameter(parameters, 'rel')).toBe('next')
  expect(parameters.all[1]).toEqual({ name: 'crossorigin', value: undefined, quoted: false })
})
