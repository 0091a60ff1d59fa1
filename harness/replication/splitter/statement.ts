/**
 * What a statement is to a splitter that reads it as text: `read` may go to a replica, `session` changes the session, so
 * that a replica would answer as another session from then on, and everything else is the primary's.
 */
export type StatementKind = 'read' | 'session' | 'other'

/** Locks, files, variables, and functions that answer from the session or change something. */
const bound =
  /\bfor\s+(?:update|share)\b|\block\s+in\s+share\s+mode\b|\binto\b|(?<!@)@(?!@)|\b(?:get_lock|release_lock|release_all_locks|is_used_lock|is_free_lock|last_insert_id|found_rows|row_count|connection_id|nextval|lastval|setval|master_gtid_wait|master_pos_wait)\s*\(|\bnext\s+value\s+for\b/i

const changesSession =
  /^(?:set|use|prepare|execute|deallocate|lock|unlock|handler|declare|create\s+(?:or\s+replace\s+)?temporary|drop\s+temporary)\b/i

/** Doubtful ones are not reads: a read at the primary is only slower, a write at a replica is lost. */
export function kindOf(statement: string): StatementKind {
  const text = withoutComments(statement).trim().replace(/;\s*$/, '')
  if (changesSession.test(text)) return 'session'
  if (!/^\(*\s*select\b/i.test(text)) return 'other'
  // Without a table it says something of the session; after a semicolon there may be anything.
  if (!/\bfrom\b/i.test(text) || text.includes(';') || bound.test(text)) return 'other'
  return 'read'
}

/** Comments that the server carries out (`/*!`, `/*M!`) stay, so that what is in them counts. */
function withoutComments(statement: string): string {
  return statement.replaceAll(/\/\*(?!M?!)[\s\S]*?\*\/|(?:--\s|#)[^\n]*/g, ' ')
}
