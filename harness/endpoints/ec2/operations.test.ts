import { describe, expect, test } from 'vitest'
import { ec2Errors } from './errors.ts'
import { actions, loadOperation } from './actions.ts'
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
    // An error is wanted by its code, with the status of the table; anything else by texts of the answer.
    const [seen, due] =
      typeof wanted === 'string'
        ? [{ status: answer.status }, { status: ec2Errors[wanted as keyof typeof ec2Errors][0] }]
        : [Object.fromEntries(Object.keys(wanted).map((path) => [path, answer.at(path)])), wanted]
    expect({ code: answer.code, message: answer.message, ...seen }).toEqual({
      code: typeof wanted === 'string' ? wanted : undefined,
      message: answer.message,
      ...due,
    })
  })

  test('shows each of its errors in an example, and gives no other', () => {
    const shown = new Set(
      operation.examples.map(({ answers }) => answers).filter((answers) => typeof answers === 'string'),
    )
    expect(operation.errors.filter((code) => !shown.has(code))).toEqual([])
    const faults = new Set(
      operation.examples.flatMap(({ faults: plan = [] }) => plan.map(({ fault }) => String(fault))),
    )
    const declared = new Set<string>([...operation.errors, ...everybodys, ...faults])
    expect([...shown].filter((code) => !declared.has(code))).toEqual([])
  })

  test('has an example that succeeds', () => {
    expect(operation.examples.some(({ answers }) => typeof answers !== 'string')).toBe(true)
  })
})
