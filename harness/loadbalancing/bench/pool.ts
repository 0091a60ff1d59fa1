import { SeatrialError, UsageError } from '../../kernel/index.ts'
import type { PoolServer } from '../kinds/kind.ts'
import type { Bench } from './open-bench.ts'

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
