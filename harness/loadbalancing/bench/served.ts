import { SeatrialError } from '../../kernel/index.ts'
import type { Bench } from './open-bench.ts'
import type { Arrived } from './peers.ts'
import type { Answer } from './visitor.ts'

/**
 * The answer, when a server gave it.
 *
 * @throws SeatrialError `SEATRIAL_NOT_SERVED` (unsettled: prerequisite)
 */
export function served(answer: Answer): Answer & { readonly server: string } {
  const { server, status, trouble } = answer
  if (server !== undefined) return { ...answer, server }
  throw new SeatrialError(
    'SEATRIAL_NOT_SERVED',
    `no server answered a visitor: ${trouble ?? `status ${status} of the balancer itself`}`,
    { mend: 'Find out what the balancer has against it: path, host, and its log.', because: 'prerequisite' },
  )
}

/** A request that came to a server. */
export interface Arrival extends Arrived {
  readonly server: string
}

/** What servers saw since `forget`, by the name of the visit; one that was tried again is as it was the last time. */
export async function arrivals(bench: Bench): Promise<ReadonlyMap<string, Arrival>> {
  const all = [...(await bench.seen())].flatMap(([server, { requests }]) => requests.map((one) => ({ ...one, server })))
  return new Map(all.toSorted((a, b) => a.at - b.at).map((one) => [one.visit, one]))
}

/** The values of a field, a line each. */
export function valuesOf(fields: Answer['fields'], wanted: string): readonly string[] {
  return fields.filter(([name]) => name.toLowerCase() === wanted.toLowerCase()).map(([, value]) => value)
}
