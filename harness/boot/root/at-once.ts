/**
 * The same question, with so many of it open at once as are named; the others wait for their turn. What is asked of an
 * engine costs a connection each.
 */
export function atOnce<Asked, Told>(
  most: number,
  ask: (asked: Asked) => Promise<Told>,
): (asked: Asked) => Promise<Told> {
  const waiting: (() => void)[] = []
  let open = 0
  return async (asked) => {
    if (open < most) open++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await ask(asked)
    } finally {
      const next = waiting.shift()
      if (next === undefined) open--
      else next()
    }
  }
}
