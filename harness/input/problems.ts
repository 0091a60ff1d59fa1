import type { z } from 'zod'
import { nearest, UsageError } from '../kernel/index.ts'
import { keysAt } from './schema-keys.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Where wrong input came from, so that a problem can be told in the reader's terms. */
export interface InputSource {
  /** What people call it: `seatrial.accept.yaml`. */
  readonly name: string
  readonly schema: z.ZodType
  readonly input: unknown
  /** Where the input stands inside what has the name. */
  readonly at?: readonly PropertyKey[]
}

/** Every problem of a failed parse as one error: the path, what was given, what is wanted. */
export function inputProblems(error: z.ZodError, source: InputSource): UsageError[] {
  return error.issues.flatMap((issue) => problemsOf(issue, [], source))
}

/** Throws nothing for no problem, the problem itself for one, and all of them together for several. */
export function throwProblems(problems: readonly UsageError[], what: string): void {
  const [first, ...others] = problems
  if (first === undefined) return
  if (others.length === 0) throw first
  throw new AggregateError(problems, `${problems.length} problems in ${what}`)
}

/**
 * The input as the schema reads it.
 *
 * @throws UsageError, or an AggregateError of several, naming path, given and wanted
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown, name: string): T {
  const result = schema.safeParse(input)
  if (!result.success) throwProblems(inputProblems(result.error, { name, schema, input }), name)
  // throwProblems returns only when there is no problem, and a failed parse has at least one.
  return result.data as T
}

function problemsOf(issue: Issue, above: Path, source: InputSource): UsageError[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(key, path, source))
  }
  if (issue.code === 'invalid_union') {
    const branch = nearestBranch(issue.errors)
    if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path, source))
  }
  return [
    new UsageError({
      path: place(source.name, [...(source.at ?? []), ...path]),
      given: show(valueAt(source.input, path)),
      wanted: wantedBy(issue),
    }),
  ]
}

/** The variant that the input comes closest to: fewest foreign keys, then fewest complaints. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const weigh = (branch: readonly Issue[]): number =>
    branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : 1), 0)
  // A variant that the input does not even begin to fit, such as a string for an object, tells nothing.
  const inside = branches.filter((branch) =>
    branch.every((issue) => issue.path.length > 0 || issue.code !== 'invalid_type'),
  )
  return inside.toSorted((a, b) => weigh(a) - weigh(b))[0]
}

function unknownKey(key: string, path: Path, source: InputSource): UsageError {
  const known = keysAt(source.schema, path)
  const near = nearest(key, known)
  const wanted = known.length === 0 ? 'no such key' : `one of the keys ${known.join(', ')}`
  return new UsageError({
    path: place(source.name, [...(source.at ?? []), ...path, key]),
    given: `the unknown key "${key}"`,
    wanted,
    mend: near === undefined ? `Remove "${key}".` : `Did you mean "${near}"?`,
  })
}

/** `seatrial.config.ts: stack.web.port`, `seatrial.accept.yaml: entries[2].expires`. */
export function place(name: string, path: Path): string {
  const dotted = path
    .map((key) =>
      typeof key === 'number' ? `[${key}]` : /^[\w-]+$/.test(String(key)) ? `.${String(key)}` : `["${String(key)}"]`,
    )
    .join('')
    .replace(/^\./, '')
  return dotted === '' ? name : `${name}: ${dotted}`
}

/** A value as one short piece of text. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  const text = typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : jsonOf(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return 'a value that refers to itself'
  }
}

export function valueAt(input: unknown, path: Path): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === String(key))?.[1]
  }
  return value
}

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  never: 'nothing',
}

const formats: Readonly<Record<string, string>> = {
  date: 'a date that exists, as YYYY-MM-DD',
  datetime: 'a date and time such as 2026-11-21T09:48:23Z',
  url: 'an absolute URL such as http://127.0.0.1:8080/',
  safeint: 'a whole number',
}

function wantedBy(issue: Issue): string {
  // A message of the schema's own says it best; the library's begin like these.
  if (!/^(?:Invalid|Too |Unrecognized)/.test(issue.message)) return issue.message.replace(/^wanted /, '')
  switch (issue.code) {
    case 'invalid_type':
      return nouns[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.length === 1 ? show(issue.values[0]) : `one of ${issue.values.map(show).join(', ')}`
    case 'invalid_format':
      return formats[issue.format] ?? `text of the form ${issue.format}`
    case 'too_small':
      return sized('at least', issue.minimum, issue.origin)
    case 'too_big':
      return sized('at most', issue.maximum, issue.origin)
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `one of ${issue.options.map(show).join(', ')}`
        : `one of the forms: ${issue.errors.flatMap((branch) => branch.slice(0, 1).map(wantedBy)).join(', or ')}`
    case 'invalid_key':
      return issue.issues.map(wantedBy).join(', ')
    default:
      return issue.message
  }
}

function sized(how: string, bound: number | bigint, origin: string): string {
  const unit: Readonly<Record<string, string>> = { string: ' characters', array: ' items', set: ' items' }
  return `${how} ${bound}${unit[origin] ?? ''}`
}
