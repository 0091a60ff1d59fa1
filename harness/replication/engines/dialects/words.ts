import type { Dialect } from '../dialect.ts'

/** The two vocabularies, and what a server makes of them. */
export interface Words {
  readonly source: 'MASTER' | 'SOURCE'
  readonly replica: 'SLAVE' | 'REPLICA'
}

/** A text in single quotes; backslashes are escapes in both families unless NO_BACKSLASH_ESCAPES is set. */
export const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

type Threads =
  | 'start'
  | 'stop'
  | 'startApplying'
  | 'stopApplying'
  | 'stopFetching'
  | 'forget'
  | 'replicaStatus'
  | 'semiSync'

/** The statements in which nothing but these words differs. */
export function inWords({ source, replica }: Words): Pick<Dialect, Threads> {
  const [from, to] = [source.toLowerCase(), replica.toLowerCase()]
  return {
    start: `START ${replica}`,
    stop: `STOP ${replica}`,
    startApplying: `START ${replica} SQL_THREAD`,
    stopApplying: `STOP ${replica} SQL_THREAD`,
    stopFetching: `STOP ${replica} IO_THREAD`,
    forget: `RESET ${replica} ALL`,
    replicaStatus: `SHOW ${replica} STATUS`,
    semiSync: {
      sourceEnabled: `rpl_semi_sync_${from}_enabled`,
      sourceTimeout: `rpl_semi_sync_${from}_timeout`,
      sourceWaitPoint: `rpl_semi_sync_${from}_wait_point`,
      replicaEnabled: `rpl_semi_sync_${to}_enabled`,
      statusPrefix: `Rpl_semi_sync_${from}`,
    },
  }
}

/** `CHANGE MASTER TO` or its successor, with the options that every place has in common. */
export function changeSource(
  statement: string,
  { source }: Words,
  { host, port, user, password }: Parameters<Dialect['follow']>[0],
  rest: readonly string[],
): string {
  const options = [
    `${source}_HOST = ${literal(host)}`,
    `${source}_PORT = ${port}`,
    `${source}_CONNECT_RETRY = 1`,
    `${source}_USER = ${literal(user)}`,
    `${source}_PASSWORD = ${literal(password)}`,
    ...rest,
  ]
  return `${statement} ${options.join(', ')}`
}
