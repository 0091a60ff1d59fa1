import type { Ask, JobPromise } from './section.ts'

/** Values that were found before the job began, by the names that the configuration gave them. */
export type Variables = Readonly<Record<string, string>>

/** `$NAME` by its value. What is no known name stays as it is: a dollar sign has other uses. */
function filled(text: string, variables: Variables): string {
  return text.replaceAll(/\$([A-Z][A-Z0-9_]*)/g, (whole, name: string) => variables[name] ?? whole)
}

export function filledValues(values: Readonly<Record<string, string>>, variables: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(value, variables)]))
}

export function filledAsk(ask: Ask, variables: Variables): Ask {
  const { body, target } = ask
  return {
    ...ask,
    target: filled(target, variables),
    ...(body !== undefined && {
      body: typeof body === 'string' ? filled(body, variables) : filledValues(body, variables),
    }),
  }
}

/** In a pattern a value stands for itself, whatever letters it has. */
export function filledPattern({ holds }: Pick<JobPromise, 'holds'>, variables: Variables): RegExp {
  const literal: Record<string, string> = {}
  for (const [name, value] of Object.entries(variables)) {
    literal[name] = value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  }
  return new RegExp(filled(holds, literal), 'gm')
}
