import { createConnection } from 'mysql2/promise'
import { messageOf } from '../../kernel/index.ts'
import { dialectOf } from './dialect.ts'
import type { Engine, ReplicaStatus, Row, Session, SmallDisk } from './engine.ts'
import { clockFile, DatabaseError, drillLogin, smallFolder, textOf } from './engine.ts'
import { mariadbTls } from './mariadb-tls.ts'
import { statusRow } from './tell.ts'

/** MariaDB 10.11; its statements say master and slave, our words are primary and replica. */
export const mariadb: Engine = {
  id: 'mariadb',
  image: 'mariadb',
  port: 3306,
  command: ({ id }, { gtid, logReplicaUpdates, binlogFormat = 'ROW', smallDisks = [] }) => [
    `--server-id=${id}`,
    ...logsOf(smallDisks.find(({ node }) => node === id)),
    `--binlog-format=${binlogFormat}`,
    '--gtid-domain-id=0',
    `--gtid-strict-mode=${gtid ? 1 : 0}`,
    `--log-slave-updates=${logReplicaUpdates ? 1 : 0}`,
    `--report-host=node-${id}`,
  ],
  env: ({ id }, { smallDisks = [], ownClocks = [] }) => ({
    ...(smallDisks.some(({ node, holds }) => node === id && holds === 'data') && { DATA: smallFolder }),
    ...(ownClocks.includes(id) && { CLOCK: clockFile }),
  }),
  async open({ host, port, tls }, login = drillLogin, timeoutMs = 5_000): Promise<Session> {
    const connection = await createConnection({
      host,
      port,
      ...login,
      connectTimeout: timeoutMs,
      ...(tls !== undefined && mariadbTls(tls, { host, port })),
    }).catch((error: unknown) => {
      throw databaseError(error)
    })
    // Without a listener a connection that dies between two statements ends the process.
    connection.on('error', () => undefined)
    return {
      async query(statement, values = []) {
        try {
          const [rows] = await connection.query({ sql: statement, timeout: timeoutMs }, [...values])
          // Statements that give no rows give a summary, which nobody here asks for.
          return Array.isArray(rows) ? (rows as Row[]) : []
        } catch (error) {
          throw databaseError(error)
        }
      },
      async [Symbol.asyncDispose]() {
        connection.destroy()
      },
    }
  },
  ledgerTable:
    'CREATE TABLE app.ledger (id BIGINT AUTO_INCREMENT PRIMARY KEY, client INT NOT NULL, number INT NOT NULL, era INT NOT NULL, origin INT NOT NULL)',
  insertRow: 'INSERT INTO app.ledger (client, number, era, origin) VALUES (?, ?, ?, @@server_id)',
  clock: 'SELECT UNIX_TIMESTAMP(NOW(6)) AS seconds',
  newestOf:
    'SELECT @@server_id AS node, (SELECT number FROM app.ledger WHERE client = ? ORDER BY id DESC LIMIT 1) AS number',
  async nodeId(session) {
    const [row] = await session.query('SELECT @@server_id AS id')
    return Number(row?.['id'])
  },
  async replicaStatus(session) {
    const row = await statusRow(session)
    return row === undefined ? undefined : statusOf(row)
  },
  // Its position counts transactions and a replica's counts bytes, so that only the replica's own two are compared.
  isBehind: ({ applying, received, applied }) => applying === 'yes' && received !== applied,
  async position(session) {
    const [row] = await session.query((await dialectOf(session)).position)
    return textOf(row?.['gtids'])
  },
}

/**
 * Logs stand in the data folder, unless a small disk holds one of them. A small data disk holds rows alone: where the
 * binary log has its place beside them, writes hang at the log before rows find no room.
 */
function logsOf(disk: SmallDisk | undefined): readonly string[] {
  const binaryLog = disk?.holds === 'binary-log' ? `${smallFolder}/` : disk?.holds === 'data' ? '/var/lib/mysql/' : ''
  return [`--log-bin=${binaryLog}binlog`, ...(disk?.holds === 'relay-log' ? [`--relay-log=${smallFolder}/relay`] : [])]
}

function statusOf(row: Row): ReplicaStatus {
  const text = (name: string): string => textOf(row[name])
  const running = text('Slave_IO_Running').toLowerCase()
  const [number, other] = [Number(row['Last_SQL_Errno'] ?? 0), Number(row['Last_IO_Errno'] ?? 0)]
  const lag = row['Seconds_Behind_Master']
  return {
    source: text('Master_Host'),
    receiving: running === 'yes' ? 'yes' : running === 'no' ? 'no' : 'connecting',
    applying: text('Slave_SQL_Running').toLowerCase() === 'yes' ? 'yes' : 'no',
    lagSeconds: typeof lag === 'number' ? lag : null,
    received: `${text('Master_Log_File')}:${text('Read_Master_Log_Pos')}`,
    applied: `${text('Relay_Master_Log_File')}:${text('Exec_Master_Log_Pos')}`,
    error:
      number > 0
        ? { number, text: text('Last_SQL_Error') }
        : other > 0
          ? { number: other, text: text('Last_IO_Error') }
          : undefined,
  }
}

/** Numbers of errors after which a statement may have been carried out all the same: shutdown and interruption. */
const uncertain = new Set([1053, 1317, 1927, 2013])

function databaseError(error: unknown): DatabaseError {
  const number = typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : undefined
  // The client's own errors carry negative numbers of the system, or none.
  const answered = number !== undefined && number > 0 && !uncertain.has(number)
  return new DatabaseError(messageOf(error), answered ? number : undefined, { cause: error })
}
