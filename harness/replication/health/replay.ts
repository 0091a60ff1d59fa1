import { shellWord } from '../../kernel/index.ts'
import { addressText } from './addresses.ts'
import type { PreflightTarget } from './preflight.ts'

/** The command line that asks a cluster again. */
export function replayOf({ nodes, login, engine, database, tls, ca, maxLagSeconds }: PreflightTarget): string {
  const options = {
    user: login.user,
    'password-from': login.passwordFrom,
    engine,
    database,
    tls,
    ca,
    'max-lag': String(maxLagSeconds),
  }
  const told = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${shellWord(value)}`],
  )
  return ['seatrial drill preflight', ...nodes.map(addressText), ...told].join(' ')
}
