/** Work that keeps processors busy: how many, and what. */
export interface Load<T> {
  readonly processors: number
  readonly work: () => Promise<T>
}

/**
 * Does work side by side, in its order and as much at once as there are processors for, and gives what comes of it in the
 * same order. An emulated machine keeps its processors busy: more of them than there are only make each other late. What
 * wants more than there is goes alone.
 *
 * @throws what the first failing work throws, when its turn has come and nothing of the rest goes on
 */
export async function* sideBySide<T>(loads: readonly Load<T>[], processors: number): AsyncGenerator<T> {
  const room = { free: processors }
  const waiting: (() => void)[] = []
  let turn: Promise<void> = Promise.resolve()
  const running = loads.map(({ processors: own, work }) => {
    const wanted = Math.min(own, processors)
    const mine = turn.then(async () => {
      while (room.free < wanted) await new Promise<void>((resolve) => waiting.push(resolve))
      room.free -= wanted
    })
    turn = mine
    return mine.then(work).finally(() => {
      room.free += wanted
      for (const wake of waiting.splice(0)) wake()
    })
  })
  for (const each of running) each.catch(() => undefined)
  try {
    for (const each of running) yield await each
  } finally {
    await Promise.allSettled(running)
  }
}
