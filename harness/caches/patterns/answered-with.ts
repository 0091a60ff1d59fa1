import { rfc } from '../../kernel/index.ts'
import type { CaseRequest, FieldPairs, Wanted } from '../case.ts'
import type { CaseInput } from '../topic.ts'

const base = ['caches/freshness-max-age'] as const

export function answered(
  name: string,
  title: string,
  section: string,
  fields: FieldPairs,
  expect: Wanted,
  rest: Partial<CaseInput> & { readonly again?: CaseRequest } = {},
): CaseInput {
  const { again, ...more } = rest
  return {
    name,
    title,
    level: 'required',
    reference: rfc(9111, section),
    needs: base,
    requests: [{ answer: { fields } }, { ...again, expect }],
    ...more,
  }
}
