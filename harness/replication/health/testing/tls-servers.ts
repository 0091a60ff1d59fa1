import { fixtureImage } from '../../../substrate/fixture-image.ts'
import type { RunScope, StartedContainer } from '../../../substrate/index.ts'
import { startContainer } from '../../../substrate/index.ts'
import { waitFor } from '../../../kernel/index.ts'
import type { EngineId } from '../../engines/all.ts'
import { engines } from '../../engines/all.ts'
import type { ServerAddress, Session } from '../../engines/engine.ts'

/** Lone servers of both engines: one that offers TLS, and one that does not. */
export interface TlsServer {
  readonly engine: EngineId
  readonly secured: ServerAddress
  readonly plain: ServerAddress
}

interface Certificate {
  readonly key: string
  readonly cert: string
}

/** The account `secure` of the first is let in through TLS alone, so that a login proves that it was used. */
export async function startTlsServers(run: RunScope, certificate: Certificate): Promise<readonly TlsServer[]> {
  return Promise.all([mariadbServers(run, certificate), postgresServers(run, certificate)])
}

async function mariadbServers(run: RunScope, { key, cert }: Certificate): Promise<TlsServer> {
  const image = await fixtureImage('mariadb')
  const files = { '/tls/key.pem': { content: key }, '/tls/cert.pem': { content: cert } }
  const options = ['--server-id=1', '--log-bin=binlog']
  const [secured, plain] = await Promise.all([
    startContainer(
      {
        name: 'mariadb-tls',
        image,
        files,
        ports: [3306],
        command: [...options, '--ssl-cert=/tls/cert.pem', '--ssl-key=/tls/key.pem'],
        wait: { port: 3306 },
      },
      run,
    ),
    startContainer({ name: 'mariadb-plain', image, ports: [3306], command: options, wait: { port: 3306 } }, run),
  ])
  await using session = await sessionOf('mariadb', secured)
  await session.query("CREATE USER 'secure'@'%' IDENTIFIED BY 'secure' REQUIRE SSL")
  await session.query("GRANT ALL PRIVILEGES ON *.* TO 'secure'@'%'")
  return { engine: 'mariadb', secured: await secured.address(3306), plain: await plain.address(3306) }
}

async function postgresServers(run: RunScope, { key, cert }: Certificate): Promise<TlsServer> {
  const image = await fixtureImage('postgres')
  const start = (name: string): Promise<StartedContainer> =>
    startContainer({ name, image, ports: [5432], command: ['primary'], wait: { port: 5432 } }, run)
  const [secured, plain] = await Promise.all([start('postgres-tls'), start('postgres-plain')])
  await using session = await sessionOf('postgres', secured)
  await session.query("CREATE ROLE secure LOGIN SUPERUSER PASSWORD 'secure'")
  await secured.writeFile('/tmp/key.pem', key)
  await secured.writeFile('/tmp/cert.pem', cert)
  // The server wants a key that nobody else can read.
  const made = await secured.exec([
    'sh',
    '-euc',
    `chown postgres /tmp/key.pem /tmp/cert.pem && chmod 600 /tmp/key.pem
    sed -i '1i hostnossl all secure all reject' /var/lib/postgresql/data/pg_hba.conf`,
  ])
  if (made.exitCode !== 0) throw new Error(made.stderr)
  await session.query("ALTER SYSTEM SET ssl_cert_file = '/tmp/cert.pem'")
  await session.query("ALTER SYSTEM SET ssl_key_file = '/tmp/key.pem'")
  await session.query('ALTER SYSTEM SET ssl = on')
  await session.query('SELECT pg_reload_conf()')
  await waitFor(
    'TLS to be on',
    async () => {
      const [row] = await session.query("SELECT current_setting('ssl') AS ssl")
      return row?.['ssl'] === 'on' ? { done: true } : { seen: 'off' }
    },
    { deadlineMs: 5_000 },
  )
  return { engine: 'postgres', secured: await secured.address(5432), plain: await plain.address(5432) }
}

/** Servers answer a moment after their port listens. */
async function sessionOf(engine: EngineId, machine: StartedContainer): Promise<Session> {
  const { open, port } = engines[engine]
  const at = await machine.address(port)
  return waitFor(`an answer of ${machine.name}`, async () => ({ done: await open(at) }), { deadlineMs: 30_000 })
}
