import type { BodyComparer } from '../body-comparer.ts'
import type { Difference } from '../difference.ts'
import { shown } from '../difference.ts'

/** Text, line by line: the lines that only one of the two has. */
export const text: BodyComparer = {
  id: 'text',
  takes: (type) => /^text\/|^application\/(?:javascript|xml|[^/]+\+xml|x-www-form-urlencoded|x-ndjson)$/.test(type),
  compare(primary, candidate) {
    const [a, b] = [linesOf(primary), linesOf(candidate)]
    if (a === undefined || b === undefined) return undefined
    const [gone, come] = [without(a, b), without(b, a)]
    if (gone.length === 0 && come.length === 0) {
      return a.join('\n') === b.join('\n') ? [] : [{ place: 'text order', kind: 'changed', primary: '', candidate: '' }]
    }
    const kind: Difference['kind'] = gone.length === 0 ? 'extra' : come.length === 0 ? 'missing' : 'changed'
    return [{ place: 'text', kind, primary: shown(gone.join('\n')), candidate: shown(come.join('\n')) }]
  },
}

function linesOf(bytes: Uint8Array): readonly string[] | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).split(/\r?\n/)
  } catch {
    return undefined
  }
}

/** Lines of one that the other does not have as often. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}
