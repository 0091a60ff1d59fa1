import { SeatrialError, UsageError } from '../../kernel/index.ts'
import type { PoolServer } from '../kinds/kind.ts'
import type { Bench } from './open-bench.ts'
import { served } from './served.ts'
import type { Answer } from './visitor.ts'

/**
 * The servers of the path that answer on a usual day, at least so many.
 *
 * @throws SeatrialError `SEATRIAL_TOO_FEW_SERVERS` (unsettled: setup)
 */
export async function regulars(bench: Bench, least = 1): Promise<readonly [PoolServer, ...PoolServer[]]> {
  const [first, ...more] = (await bench.servers()).filter(({ backup }) => !backup)
  if (first !== undefined && more.length + 1 >= least) return [first, ...more]
  throw new SeatrialError(
    'SEATRIAL_TOO_FEW_SERVERS',
    `${bench.target.path} has ${first === undefined ? 0 : more.length + 1} servers that are no backup, and ${least} are needed`,
    {
      mend: 'Name a path whose pool has several servers, or leave this expectation out: path, pool.',
      because: 'setup',
    },
  )
}

/**
 * The answer of a server that has others beside it, to a visitor of the path: what is to be seen of a server is seen of one that
 * visitors are led to, as all of them have the same where it is chosen by what is asked.
 *
 * @throws SeatrialError `SEATRIAL_TOO_FEW_SERVERS` (unsettled: setup), and as `served`
 */
export async function oneOfSeveral(bench: Bench): Promise<Answer & { readonly server: string }> {
  await regulars(bench, 2)
  using one = bench.visitor()
  return served(await one.ask())
}

/**
 * The servers of the path with these names.
 *
 * @throws UsageError for a name that none of them has
 */
export async function named(
  bench: Bench,
  expectation: string,
  names: readonly string[],
): Promise<readonly PoolServer[]> {
  const all = await bench.servers()
  return names.map((name) => {
    const found = all.find((server) => server.name === name)
    if (found !== undefined) return found
    throw new UsageError({
      path: `loadbalancing.targets: ${bench.target.name}.expect.${expectation}`,
      given: name,
      wanted: `a server that answers at ${bench.target.path}: ${all.map((server) => server.name).join(', ')}`,
    })
  })
}
