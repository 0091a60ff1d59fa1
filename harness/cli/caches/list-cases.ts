import type { CacheCase } from '../../caches/index.ts'
import { topics } from '../../caches/index.ts'

/** The cases that there are, or those of them that are named: one a line, or as data. */
export async function listCases(only: readonly string[], json: boolean): Promise<string> {
  const found = (await topics()).flatMap(({ thing }) =>
    thing.cases.filter(({ id }) => only.length === 0 || only.includes(id) || only.includes(thing.id)),
  )
  if (json) return `${JSON.stringify(found, undefined, 2)}\n`
  const width = Math.max(0, ...found.map(({ id }) => id.length))
  const line = ({ id, level, title, reference }: CacheCase): string =>
    `${id.padEnd(width)}  ${level.padEnd(11)}  ${title} (${reference.title})\n`
  return found.map(line).join('') + summary(found)
}

function summary(found: readonly CacheCase[]): string {
  const count = (level: CacheCase['level']): string => `${found.filter((one) => one.level === level).length} ${level}`
  return `${found.length} cases: ${count('required')}, ${count('optional')}, ${count('observation')}\n`
}
