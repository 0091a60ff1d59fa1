import type { Needs } from './needs.ts'

/**
 * Things that need each other in a circle, or undefined when there are none: the first is the last again,
 * `['service:a', 'service:b', 'service:a']`.
 */
export function cycleIn(needs: Needs): readonly string[] | undefined {
  const done = new Set<string>()
  for (const start of needs.keys()) {
    // By hand instead of by recursion: a chain may be longer than the stack of calls is deep.
    const path: { readonly thing: string; readonly left: string[] }[] = []
    const onPath = new Set<string>()
    const enter = (thing: string): void => {
      path.push({ thing, left: [...(needs.get(thing) ?? [])] })
      onPath.add(thing)
    }
    if (!done.has(start)) enter(start)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.shift()
      if (next === undefined) {
        done.add(top.thing)
        onPath.delete(top.thing)
        path.pop()
      } else if (onPath.has(next)) {
        const names = path.map(({ thing }) => thing)
        return [...names.slice(names.indexOf(next)), next]
      } else if (!done.has(next)) enter(next)
    }
  }
  return undefined
}
