import { readFile } from 'node:fs/promises'
import type { RuleId } from '../kernel/index.ts'
import { SeatrialError } from '../kernel/index.ts'

/** What a procedure recovers, and so the machines that it runs in. */
export type Kind = 'files' | 'mariadb' | 'postgres' | 'host' | 'artifact' | 'region'

/**
 * A way to save and to bring back: the thing that a drill tries. A script, called with one verb and told the rest by its
 * environment; which verbs and variables there are is its kind's affair (`bench/`). One file in `procedures/`.
 */
export interface Procedure {
  readonly id: string
  readonly title: string
  readonly kind: Kind
  /** Name of the script below `fixtures/recovery`. */
  readonly script: string
  /** A line of the script that is left out; a mutant has one. */
  readonly without?: string
  /** Facts that its tool is known not to keep, by their names in the manifest: told, and no error. */
  readonly forgets?: readonly string[]
  /** More variables for its script: what makes two procedures of one script. */
  readonly env?: Readonly<Record<string, string>>
}

export function procedure(definition: Procedure): Procedure {
  return definition
}

/** A safe procedure with one line left out: it must be red, or the line is not needed or the drill sees nothing. */
export interface ProcedureMutant {
  readonly procedure: Procedure & { readonly without: string }
  /** The drill in which it shows. */
  readonly drill: string
  /** What must be found then. */
  readonly rule: RuleId
}

export function mutant(definition: ProcedureMutant): ProcedureMutant {
  return definition
}

/**
 * The text of a script as it is tried.
 *
 * @throws SeatrialError `SEATRIAL_MUTANT` when not exactly one line has the text that is left out
 */
export async function scriptOf({ id, script, without }: Procedure): Promise<string> {
  const text = await readFile(new URL(`../../fixtures/recovery/${script}`, import.meta.url), 'utf8')
  if (without === undefined) return text
  const lines = text.split('\n')
  const kept = lines.filter((line) => !line.includes(without))
  if (kept.length === lines.length - 1) return kept.join('\n')
  throw new SeatrialError(
    'SEATRIAL_MUTANT',
    `${id} leaves out one line of ${script}, but ${lines.length - kept.length} have "${without}"`,
    { mend: 'Name text that stands in one line of the script.' },
  )
}
