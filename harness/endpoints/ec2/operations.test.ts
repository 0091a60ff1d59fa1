import { describe, expect, test } from 'vitest'
import { ec2Errors } from './errors.ts'
import { actions, loadOperation } from './machine.ts'
import { playExample } from './testing/play-example.ts'

const operations = await Promise.all(
  actions.map(async (action) => {
    const operation = await loadOperation(action)
    if (operation === undefined) throw new Error(`${action} is not there`)
    return operation
  }),
)

/** Errors of parameters and of the request itself, which every operation can give. */
const everybodys = new Set([
  'MissingParameter',
  'UnknownParameter',
  'InvalidParameterValue',
  'DryRunOperation',
  'IdempotentParameterMismatch',
  'InvalidNextToken',
  'FilterLimitExceeded',
])

describe.each(operations)('$name', (operation) => {
  test.each(operation.examples)('$title', async (example) => {
    const { answer, troubles, wanted } = await playExample(operation, example)
    expect(troubles).toEqual([])
    if (typeof wanted === 'string') {
      expect({ code: answer.code, status: answer.status }).toEqual({
        code: wanted,
        status: ec2Errors[wanted as keyof typeof ec2Errors][0],
      })
      return
    }
    expect(answer.code, answer.message).toBe(undefined)
    expect(Object.fromEntries(Object.keys(wanted).map((path) => [path, answer.at(path)]))).toEqual(wanted)
  })

  test('shows each of its errors in an example, and gives no other', () => {
    const shown = new Set(
      operation.examples.map(({ answers }) => answers).filter((answers) => typeof answers === 'string'),
    )
    expect(operation.errors.filter((code) => !shown.has(code))).toEqual([])
    const faults = new Set(operation.examples.flatMap(({ faults = [] }) => faults.map(({ fault }) => String(fault))))
    const declared = new Set<string>([...operation.errors, ...everybodys, ...faults])
    expect([...shown].filter((code) => !declared.has(code))).toEqual([])
  })

  test('has an example that succeeds', () => {
    expect(operation.examples.some(({ answers }) => typeof answers !== 'string')).toBe(true)
  })
})
