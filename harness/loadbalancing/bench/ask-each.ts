import type { Bench } from './open-bench.ts'
import type { Answer, Visit } from './visitor.ts'

const atOnce = 8

/**
 * Asks everything once, some of it at the same time, and gives the answers in its order. Each comes on a connection of its own,
 * as there are balancers that choose a server for a connection.
 */
export async function askEach(bench: Bench, visits: readonly Visit[]): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const asker = async (): Promise<void> => {
    for (let at = next++; at < visits.length; at = next++) {
      bench.signal.throwIfAborted()
      using one = bench.visitor()
      answers[at] = await one.ask(visits[at])
    }
  }
  await Promise.all(Array.from({ length: atOnce }, asker))
  return answers
}

/** How many answers each server gave, by its id. */
export function byServer(answers: readonly Pick<Answer, 'server'>[]): Readonly<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const { server = 'none' } of answers) counted[server] = (counted[server] ?? 0) + 1
  return counted
}
