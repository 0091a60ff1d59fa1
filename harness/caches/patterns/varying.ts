import { rfc } from '../../kernel/index.ts'
import type { CaseLevel, FieldPairs } from '../case.ts'
import type { CaseInput } from '../topic.ts'

const hour = ['Cache-Control', 'max-age=5000'] as const
const reference = rfc(9111, '4.1')

/** One request that is answered with Vary, and another with other fields. */
export function varying(
  name: string,
  title: string,
  vary: string,
  first: FieldPairs,
  second: FieldPairs,
  from: 'cache' | 'origin',
  { aka, level = from === 'cache' ? 'optional' : 'required' }: { aka?: string; level?: CaseLevel } = {},
): CaseInput {
  return {
    name,
    title,
    level,
    reference,
    ...(aka !== undefined && { aka }),
    // Where nothing that varies is ever used again, there is nothing to tell apart.
    needs: name === 'match' ? ['caches/freshness-max-age'] : ['caches/vary-match'],
    requests: [
      { fields: first, answer: { fields: [hour, ['Vary', vary]] } },
      { fields: second, expect: { from } },
    ],
  }
}
