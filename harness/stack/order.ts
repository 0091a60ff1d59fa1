type Needs = Readonly<Record<string, { readonly needs?: readonly string[] | undefined }>>

/** A way from a part through its needs back to itself, or undefined. Unknown names lead nowhere. */
export function cycleIn(parts: Needs): string[] | undefined {
  const clean = new Set<string>()
  const walk = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (clean.has(name)) return undefined
    for (const needed of parts[name]?.needs ?? []) {
      const found = walk(needed, [...path, name])
      if (found !== undefined) return found
    }
    clean.add(name)
    return undefined
  }
  for (const name of Object.keys(parts)) {
    const found = walk(name, [])
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Does `work` for every part, side by side, each after all that it needs. Resolves when every
 * part that could be begun has ended, whether well or not: nothing goes on behind the caller's back.
 *
 * @returns what went wrong, by part; parts that need a failed one are not begun and not named
 */
export async function inOrderOfNeeds(
  parts: Needs,
  work: (name: string) => Promise<void>,
): Promise<{ readonly name: string; readonly error: unknown }[]> {
  const failures: { name: string; error: unknown }[] = []
  const begun = new Map<string, Promise<boolean>>()
  const begin = (name: string): Promise<boolean> => {
    const running = begun.get(name) ?? run(name)
    begun.set(name, running)
    return running
  }
  const run = async (name: string): Promise<boolean> => {
    const needed = await Promise.all((parts[name]?.needs ?? []).map(begin))
    if (needed.includes(false)) return false
    try {
      await work(name)
      return true
    } catch (error) {
      failures.push({ name, error })
      return false
    }
  }
  await Promise.all(Object.keys(parts).map(begin))
  return failures
}
