import type { Kind } from '../procedure.ts'

/** What a database says and takes, behind one interface: the bench knows no statement. */
export interface DatabaseEngine {
  readonly kind: Extract<Kind, 'mariadb' | 'postgres'>
  /** Folder below `fixtures/images`. */
  readonly image: string
  /** Files of the image that its server needs besides. */
  readonly files: Readonly<Record<string, string>>
  /** Variables that its clients need. */
  readonly env: Readonly<Record<string, string>>
  /** Bash: moves the data folder of the image to `$DATA`. */
  readonly place: string
  /** Bash: the program `$SERVER`, called with `start`, `stop` or `restart`. */
  readonly server: string
  /** Bash: takes out of a fresh server what the image added, so that it is as empty as a new one. */
  readonly empty: string
  /** SQL: schema, accounts, documents, and orders 1 to `seeded`. */
  readonly plant: (seeded: number) => string
  /** The client of whoever sets the server up: reads statements, ends at the first error. */
  readonly operator: readonly [string, ...string[]]
  /** The writers' client, in their database: reads statements from its standard input, ends at the first error. */
  readonly client: readonly [string, ...string[]]
  /** Bash: everything that is there as lines of JSON, `{"key": ..., "facts": {...}}`, as far as it can be read. */
  readonly look: string
  /** SQL: begins another log, where there is one. */
  readonly nextLog: string
  /** SQL: what an operator did not mean to do. */
  readonly mistake: string
  /** Bash: waits until the log of everything so far has left the host, where there is one. */
  readonly shipped: string
  /** Names of processes, as the kernel has them, that do the work of a verb: what is ended in the middle. */
  readonly tools: Readonly<Record<'backup' | 'restore', readonly string[]>>
}

/** Rows of `bank.documents`, which make the database large, and characters of each. */
export const documents = { rows: 96, characters: 65_536 }

/** A piece of the contents of one document, as it stands in files that are not compressed. */
export const markedDocument = 20
