import type { Row, Session } from '../engines/engine.ts'

/** A session that can only ask. */
export interface AskingSession extends AsyncDisposable {
  /** @throws Error before anything is sent, for a statement that is neither SELECT nor SHOW; DatabaseError */
  readonly ask: (statement: string) => Promise<Row[]>
}

/** What may stand before a bracket: words of SQL, and functions that read and do nothing else. */
const harmlessWords = new Set(
  `as from in on when array any and coalesce greatest extract now substring current_setting inet_server_addr host
  pg_has_role pg_walfile_name pg_is_in_recovery pg_current_wal_lsn pg_current_wal_flush_lsn
  pg_get_wal_replay_pause_state pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp
  pg_control_system pg_control_recovery`.split(/\s+/),
)

/**
 * Wraps a session so that nothing but questions comes through it: a pre-flight looks at servers that somebody's
 * application depends on. SELECT alone is not harmless (`SELECT pg_promote()`), so functions are those that are known to
 * be, and what writes a file or takes a lock is refused too.
 */
export function askingOnly(session: Session): AskingSession {
  return {
    async ask(statement) {
      const called = [...statement.matchAll(/([\w$]+)\s*\(/g)].map(([, word = '']) => word.toLowerCase())
      const harmless =
        /^(SELECT|SHOW)\s/i.test(statement) &&
        !/;|\bINTO\b|\bFOR\s+(?:UPDATE|SHARE|NO\s+KEY|KEY)\b|:=|"|--|\/\*/i.test(statement) &&
        called.every((word) => harmlessWords.has(word))
      if (!harmless) throw new Error(`a pre-flight only asks; this is no question: ${statement}`)
      return session.query(statement)
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}
