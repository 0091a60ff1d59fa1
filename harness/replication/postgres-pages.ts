import type { Reference } from '../kernel/index.ts'
import { document } from '../kernel/index.ts'

/** A page of PostgreSQL's manual, by its number and title there. */
export function postgresPage(title: string, page: string): Reference {
  return document(`PostgreSQL 15, ${title}`, `https://www.postgresql.org/docs/15/${page}`)
}
