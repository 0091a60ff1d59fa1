import type { Problem } from '../problem.ts'

/** Problems as a reader finds them: place and what stands there. */
export function told(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ file, line, column, given }) => `${file}:${line}:${column} ${given}`)
}
