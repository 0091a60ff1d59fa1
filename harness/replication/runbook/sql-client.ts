import { messageOf } from '../../kernel/index.ts'
import type { Engine } from '../engines/engine.ts'
import { textOf } from '../engines/engine.ts'

/**
 * `"$SEATRIAL_SQL" [--vertical] HOST:PORT STATEMENT...`: what a runbook asks nodes with where no client is installed.
 * A row is a line, its columns apart by tabs; with --vertical every column is a line, `Name: value`.
 */
async function main([first = '', ...rest]: readonly string[]): Promise<void> {
  const vertical = first === '--vertical'
  const [address = '', ...statements] = vertical ? rest : [first, ...rest]
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? []
  const engine = await engineNamed(process.env['SEATRIAL_ENGINE'])
  if (host === undefined || statements.length === 0 || engine === undefined) {
    throw new Error('usage: "$SEATRIAL_SQL" [--vertical] HOST:PORT STATEMENT..., inside a runbook')
  }
  const login = { user: process.env['SEATRIAL_USER'] ?? '', password: process.env['SEATRIAL_PASSWORD'] ?? '' }
  await using session = await engine.open({ host, port: Number(port) }, login)
  for (const statement of statements) {
    for (const row of await session.query(statement)) {
      const columns = Object.entries(row).map(
        ([name, value]) => [name, value === null ? 'NULL' : textOf(value)] as const,
      )
      const lines = vertical
        ? columns.map(([name, value]) => `${name}: ${value}`)
        : [columns.map(([, value]) => value).join('\t')]
      process.stdout.write(`${lines.join('\n')}\n`)
    }
  }
}

/** Only the one that is asked is loaded: a runbook starts this many times, and clients wait meanwhile. */
async function engineNamed(name: string | undefined): Promise<Engine | undefined> {
  if (name === 'mariadb') return (await import('../engines/mariadb.ts')).mariadb
  return name === 'postgres' ? (await import('../engines/postgres.ts')).postgres : undefined
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
}
