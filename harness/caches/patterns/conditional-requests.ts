import { rfc } from '../../kernel/index.ts'
import type { FieldPairs, Wanted } from '../case.ts'
import type { CaseInput } from '../topic.ts'

const received = rfc(9111, '4.3.2')
const hour = ['Cache-Control', 'max-age=100000'] as const

/** A fresh answer with a validator, and a client that asks whether it still holds. */
export function asks(
  name: string,
  title: string,
  validators: FieldPairs,
  conditions: FieldPairs,
  expect: Wanted,
  rest: Partial<CaseInput> = {},
): CaseInput {
  return {
    name,
    title,
    level: 'optional',
    reference: received,
    needs: ['caches/freshness-max-age'],
    requests: [{ answer: { fields: [hour, ...validators] } }, { fields: conditions, expect }],
    ...rest,
  }
}
