/** Does the works with at most `atOnce` under way, and gives their results in the order of the works. */
export async function* inOrder<T>(works: readonly (() => Promise<T>)[], atOnce: number): AsyncGenerator<T> {
  const results = works.map(() => Promise.withResolvers<T>())
  // Whoever reads sees a failure when its turn comes; until then nobody has left it unhandled.
  for (const { promise } of results) promise.catch(() => {})
  let next = 0
  const lane = async (): Promise<void> => {
    for (let mine = next++; mine < works.length; mine = next++) {
      const [work, result] = [works[mine], results[mine]]
      if (work === undefined || result === undefined) return
      try {
        result.resolve(await work())
      } catch (error) {
        result.reject(error)
      }
    }
  }
  const lanes = Promise.all(Array.from({ length: atOnce }, lane))
  for (const { promise } of results) yield await promise
  await lanes
}
