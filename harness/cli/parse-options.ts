import type { ZodType } from 'zod'
import { UsageError } from '../kernel/index.ts'

/**
 * The options of a command, parsed.
 *
 * @throws UsageError naming the first option that is wrong
 */
export function parseOptions<T>(command: string, schema: ZodType<T>, given: Readonly<Record<string, unknown>>): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const key = String(issue?.path[0] ?? '')
  throw new UsageError({
    path: `${command} --${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    given: JSON.stringify(given[key]) ?? 'nothing',
    wanted: (issue?.message ?? 'something else').replace(/^(Invalid (option|input): |wanted )/, ''),
    mend: `Run \`${command} --help\`.`,
  })
}

/** For options that may be given several times: commander's own lists would swallow the arguments behind them. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
