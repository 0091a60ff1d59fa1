import { readFile } from 'node:fs/promises'
import { SeatrialError, UsageError } from '../../kernel/index.ts'
import { imageEnvironment } from '../../substrate/index.ts'
import type { Cluster } from '../cluster.ts'
import type { Drill } from '../drill.ts'
import type { Engine } from './engine.ts'
import { mariadbOptions, mysqlOptions } from './given-options.ts'
import { tell } from './tell.ts'

/**
 * An image that somebody names instead of ours: an official one of MariaDB, MySQL or PostgreSQL, or one made from it. It has no
 * data folder that is ready and no accounts: both are made when a container starts, by the
 * image's own entry point, or by ours for PostgreSQL, whose standbys are copies of the primary.
 *
 * Sources: docker-library/mysql 8.4 and MariaDB/mariadb-docker 10.11, Dockerfile and docker-entrypoint.sh.
 */
export interface GivenImage {
  readonly tag: string
  readonly kind: 'mariadb' | 'mysql' | 'postgres'
  /** As the image tells it: `8.4`, `1:10.11.19+maria~ubu2204`. */
  readonly version: string
}

/**
 * What an image is, by the environment that official images set.
 *
 * @param path of the setting, for the message
 * @throws UsageError for one that is not of the engine; SeatrialError `SEATRIAL_NO_IMAGE`
 */
export async function lookAtImage(tag: string, engine: Engine['id'], path: string): Promise<GivenImage> {
  return imageOf(tag, await imageEnvironment(tag), engine, path)
}

const signs = {
  mariadb: [
    ['mariadb', 'MARIADB_VERSION'],
    ['mysql', 'MYSQL_MAJOR'],
  ],
  postgres: [['postgres', 'PG_MAJOR']],
} as const

/** @throws UsageError */
export function imageOf(
  tag: string,
  env: Readonly<Record<string, string>>,
  engine: Engine['id'],
  path: string,
): GivenImage {
  for (const [kind, name] of signs[engine]) {
    const version = env[name]
    if (version !== undefined) return { tag, kind, version }
  }
  throw new UsageError({
    path,
    given: JSON.stringify(tag),
    wanted: `an official image for ${engine}, which says so with ${signs[engine].map(([, name]) => name).join(' or ')}`,
    mend: 'Take mariadb:10.11, mysql:8.4 or postgres:15, or an image made from one of them; leave it out for our own.',
  })
}

/**
 * @throws SeatrialError `SEATRIAL_DRILL_UNFIT` (unsettled: unsupported) for what needs more than a server: small disks, moved
 *   clocks, the copy tools of MariaDB
 */
export function mustRunOn(
  { tag, kind }: GivenImage,
  drill: Pick<Drill, 'id' | 'equipment'>,
  building: { readonly id: string } | undefined,
): void {
  const why =
    drill.equipment !== undefined
      ? `${drill.id} moves clocks or fills disks, which only our own image can`
      : building !== undefined && kind === 'mysql'
        ? `${building.id} copies with the tools of MariaDB`
        : undefined
  if (why === undefined) return
  throw new SeatrialError('SEATRIAL_DRILL_UNFIT', `${drill.id} cannot be tried on ${tag}: ${why}`, {
    mend: 'Leave the image out for this one.',
    because: 'unsupported',
  })
}

const fixtures = new URL('../../../fixtures/', import.meta.url)
const fixture = (path: string): Promise<string> => readFile(new URL(path, fixtures), 'utf8')

/** Several servers make their data folders side by side, which takes a busy machine a minute. */
const startupMs = 180_000

/** The engine as it is started and spoken to on such an image. */
export async function engineOn(image: GivenImage, engine: Engine): Promise<Engine> {
  if (image.kind !== 'postgres') return mariadbOn(image, engine)
  const [start, serve, accounts, settings] = await Promise.all(
    [
      'replication/postgres-start',
      'images/postgres/serve',
      'images/postgres/accounts.sql',
      'images/postgres/drill.conf',
    ].map(fixture),
  )
  return {
    ...engine,
    entrypoint: ['sh', '/seatrial/start'],
    env: () => ({ PGDATA: '/var/lib/postgresql/data' }),
    files: {
      '/seatrial/start': start ?? '',
      '/seatrial/serve': serve ?? '',
      '/seatrial/accounts.sql': accounts ?? '',
      '/seatrial/drill.conf': settings ?? '',
    },
    startupMs,
  }
}

/** Everything in this folder is run once, by the server's administrator, before anybody can connect. */
const initFile = '/docker-entrypoint-initdb.d/accounts.sql'

async function mariadbOn(image: GivenImage, engine: Engine): Promise<Engine> {
  // Not logged: every node makes its own, and none of them may reach another.
  const sql = `SET sql_log_bin = 0;\n${await fixture('images/mariadb/accounts.sql')}`
  return {
    ...engine,
    command: (node, options) =>
      image.kind === 'mysql' ? mysqlOptions(image.version, node, options) : mariadbOptions(engine, node, options),
    env: () => ({
      MARIADB_ROOT_PASSWORD: 'drill',
      MARIADB_INITDB_SKIP_TZINFO: '1',
      MYSQL_ROOT_PASSWORD: 'drill',
      MYSQL_INITDB_SKIP_TZINFO: '1',
    }),
    files: { [initFile]: sql },
    startupMs,
    async prepare(cluster: Cluster) {
      for (const node of cluster.nodes) {
        // What the entry point wrote is in its log; a replica that found it there would do it again, or refuse.
        await tell(cluster, node, ({ resetLogs, forgetApplied }) => [resetLogs, ...forgetApplied])
      }
    },
  }
}
