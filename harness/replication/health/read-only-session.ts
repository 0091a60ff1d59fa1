import type { Row, Session } from '../engines/engine.ts'

/** A session that can only ask. */
export interface AskingSession extends AsyncDisposable {
  /** @throws Error before anything is sent, for a statement that is neither SELECT nor SHOW; DatabaseError */
  readonly ask: (statement: string) => Promise<Row[]>
}

/**
 * Wraps a session so that nothing but questions comes through it: a pre-flight looks at servers that somebody's
 * application depends on. SELECT alone is not harmless, so what writes a file, takes a lock or waits is refused too.
 */
export function askingOnly(session: Session): AskingSession {
  return {
    async ask(statement) {
      const harmless =
        /^(SELECT|SHOW)\s/i.test(statement) && !/;|\bINTO\b|\bFOR\s+UPDATE\b|_LOCK\s*\(|:=/i.test(statement)
      if (!harmless) throw new Error(`a pre-flight only asks; this is no question: ${statement}`)
      return session.query(statement)
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}
