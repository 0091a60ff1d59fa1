import { chmod, copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildAssembledImage } from '../../harness/substrate/index.ts'
import { hasImage } from '../../harness/substrate/docker/pull.ts'
import { testcontainers } from '../../harness/substrate/docker/testcontainers.ts'
import { fixtureImage } from '../../harness/substrate/fixture-image.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/**
 * Nodes on an image that somebody gives. Of what an official image promises a stand-in is made from our own: an empty data
 * folder, an entry point that fills it, and none of the tools that faults need.
 */

const entrypoint = new URL('official-like/entrypoint', import.meta.url)

/** Faults need them on our own images; the official ones have none. */
const tools = '/usr/sbin/iptables* /usr/bin/hostname'
const standIns = {
  mariadb: [
    'ENV MARIADB_VERSION=1:10.11.19+like',
    `RUN rm -rf /var/lib/mysql/* ${tools} && mkdir /docker-entrypoint-initdb.d`,
    'COPY entrypoint /usr/local/bin/',
    'ENTRYPOINT ["entrypoint"]',
  ],
  postgres: [
    'ENV PG_MAJOR=15',
    `RUN rm -rf /var/lib/postgresql/data ${tools} && install -d -o postgres -m 1777 /var/lib/postgresql/data`,
    'VOLUME /var/lib/postgresql/data',
    // Nothing of it is used: a standby must be a copy of its primary.
    'ENTRYPOINT ["false"]',
  ],
} as const

async function officialLike(engine: keyof typeof standIns): Promise<string> {
  const dockerfile = [`FROM ${await fixtureImage(engine)}`, ...standIns[engine], ''].join('\n')
  const add = async (folder: string): Promise<void> => {
    await copyFile(entrypoint, join(folder, 'entrypoint'))
    await chmod(join(folder, 'entrypoint'), 0o755)
  }
  const content = await readFile(entrypoint, 'utf8')
  return buildAssembledImage({ name: `official-like-${engine}`, dockerfile, content, add })
}

// Each node makes its data folder first.
const patient = { timeout: 240_000 }

test.for([
  ['mariadb', 'semi-sync'],
  ['postgres', 'postgres-synchronous'],
] as const)(
  '%s: the procedure %s loses nothing on an image that makes its data folder at its start',
  patient,
  async ([engine, procedure], { look }) => {
    const section = { drills: [{ drill: 'links-cut', procedure }], images: { [engine]: await officialLike(engine) } }
    expect(await look({ practice: 'replication', section })).toHaveNoFindings()
  },
)

test.for([
  ['mariadb', 'documents'],
  ['postgres', 'postgres-asynchronous'],
] as const)(
  '%s: the procedure %s loses writes there, and the replay line names the image',
  patient,
  async ([engine, procedure], { look }) => {
    const image = await officialLike(engine)
    const section = { drills: [{ drill: 'links-cut', procedure }], images: { [engine]: image } }
    const steps = await look({ practice: 'replication', section })
    expect(steps).toFind('replication/rows-lost')
    const [finding] = steps.flatMap((step) => step.findings)
    expect(finding?.replay).toContain(`--image ${image}`)
  },
)

const mysql = 'mysql:8.4'
const here = await testcontainers()
  .then(async (library) => hasImage(await library.dockerode(), mysql))
  .catch(() => false)

test.skipIf(!here).for(['semi-sync', 'documents'])(
  `%s speaks to a real server of MySQL 8.4${here ? '' : ` (skipped: no image ${mysql} here)`}`,
  patient,
  async (procedure, { look }) => {
    const drills = [{ drill: 'links-cut', procedure }]
    const steps = await look({ practice: 'replication', section: { drills, images: { mariadb: mysql } } })
    if (procedure === 'semi-sync') expect(steps).toHaveNoFindings()
    else expect(steps).toFind('replication/rows-lost')
  },
)
