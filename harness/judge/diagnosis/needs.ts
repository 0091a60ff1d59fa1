import type { StepReport } from '../../kernel/index.ts'
import { joinThings } from '../../kernel/index.ts'
import type { Depends } from '../../record/index.ts'

/** What each thing needs, by name. A thing that stands only behind another is in it too, and needs nothing. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>

/** What the configuration says, and what the steps know. */
export function needsOf(depends: Depends | undefined, steps: readonly Pick<StepReport, 'things'>[]): Needs {
  const said = Object.entries(depends ?? {}).map(([thing, { needs }]) => ({ needs: { [thing]: needs } }))
  const told = steps.flatMap(({ things }) => (things === undefined ? [] : [things]))
  return mapOf(joinThings([...said, ...told]).needs)
}

/** The same in order of name, so that no answer depends on who told what first. */
export function mapOf(needs: Readonly<Record<string, readonly string[]>>): Needs {
  const all = new Set([...Object.keys(needs), ...Object.values(needs).flat()])
  return new Map([...all].toSorted().map((thing) => [thing, new Set(needs[thing])]))
}

/** The other way round: by whom each thing is needed. */
export function neededBy(needs: Needs): Needs {
  const table = new Map([...needs.keys()].map((thing) => [thing, new Set<string>()]))
  for (const [thing, needed] of needs) for (const one of needed) table.get(one)?.add(thing)
  return table
}
