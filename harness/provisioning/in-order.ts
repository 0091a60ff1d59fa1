/**
 * Does the works with at most `atOnce` under way, and gives their results in the order of the works. When one fails, or
 * nobody wants more results, the signal that the others were given is aborted, and they are waited for.
 */
export async function* inOrder<T>(
  works: readonly ((signal: AbortSignal) => Promise<T>)[],
  atOnce: number,
  outer: AbortSignal,
): AsyncGenerator<T> {
  const stop = new AbortController()
  const signal = AbortSignal.any([outer, stop.signal])
  const results = works.map((work) => ({ work, ...Promise.withResolvers<T>() }))
  // Whoever reads sees a failure when its turn comes; until then nobody has left it unhandled.
  for (const { promise } of results) promise.catch(() => {})
  const waiting = results.values()
  const lane = async (): Promise<void> => {
    // All lanes take from the same iterator, so that each work is done once.
    for (const { work, resolve, reject } of waiting) {
      try {
        signal.throwIfAborted()
        resolve(await work(signal))
      } catch (error) {
        reject(error)
        // With its own reason: whoever is ended by it tells what was wrong.
        stop.abort(error)
      }
    }
  }
  const lanes = Promise.all(Array.from({ length: atOnce }, lane))
  try {
    for (const { promise } of results) yield await promise
  } finally {
    stop.abort()
    await lanes
  }
}
