import { UsageError } from '../kernel/index.ts'
import { place } from '../input/index.ts'

/**
 * The values behind the names of secret environment variables. One that is unset or empty has
 * nothing to hide; one of fewer than four characters cannot be hidden without destroying text.
 */
export function secretValues(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): { readonly values: readonly string[]; readonly problems: readonly UsageError[] } {
  const set = names.flatMap((variable, index) => {
    const value = env[variable] ?? ''
    return value === '' ? [] : [{ variable, index, value }]
  })
  const problems = set
    .filter(({ value }) => value.length < 4)
    .map(({ variable, index, value }) => {
      return new UsageError({
        path: place(name, ['secrets', index]),
        given: `${variable} with a value of ${value.length} characters`,
        wanted: 'a variable whose value has at least 4, so that hiding it leaves ordinary text alone',
        mend: `Give ${variable} a longer value, or take it off the list.`,
      })
    })
  return { values: [...new Set(set.map(({ value }) => value))], problems }
}
