import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { relative, resolve } from 'node:path'
import process from 'node:process'
import { named, readScript } from '../input/index.ts'
import type { StepReport } from '../kernel/index.ts'
import { beginStep, sideBySide, unsettledBy } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import type { BootDrill, BootProcedure } from './drill.ts'
import { allBootDrills } from './drill.ts'
import { judgeLive } from './live/judge-live.ts'
import type { BootDrillEntry, BootSection } from './section.ts'

interface Wanted {
  readonly entry: BootDrillEntry
  readonly drill: BootDrill
  readonly procedure: BootProcedure
  readonly script: string
}

const scripts = new URL('../../fixtures/boot/procedures/', import.meta.url)

/**
 * Reads what the drills of the section want, and gives what runs them, side by side as the processors allow: each is a step,
 * and keeps one processor busy.
 *
 * @throws UsageError for a name that nothing has and for a script that cannot be read, before anything is started
 */
export async function drillTrial(context: TrialContext<BootSection>): Promise<() => AsyncGenerator<StepReport>> {
  const { section, baseFolder } = context
  const drills = section.drills.length === 0 ? [] : await allBootDrills()
  const wanted = await Promise.all(
    section.drills.map(async (entry, index): Promise<Wanted> => {
      const path = `boot.drills[${index}]`
      const drill = named(drills, entry.drill, `${path}.drill`)
      const [first] = drill.procedures
      const procedure =
        entry.procedure === undefined ? first : named(drill.procedures, entry.procedure, `${path}.procedure`)
      const script =
        entry.script === undefined
          ? await readFile(new URL(procedure.script, scripts), 'utf8')
          : await readScript(`${path}.script`, entry.script, baseFolder)
      return { entry, drill, procedure, script }
    }),
  )
  const loads = wanted.map((each) => ({ processors: 1, work: () => stepOf(each, context) }))
  return () => sideBySide(loads, availableParallelism())
}

async function stepOf(
  { entry, drill, procedure, script }: Wanted,
  context: TrialContext<BootSection>,
): Promise<StepReport> {
  const { clock, run, signal, seed, only, baseFolder } = context
  const name = `${drill.id}, ${entry.script === undefined ? procedure.id : entry.script}`
  const step = beginStep({ id: `boot/${drill.id}`, subject: name }, clock)
  try {
    const progress = (line: string): void => context.progress(`${drill.id}: ${line}`)
    const { seen, timeline } = await drill.attempt({ procedure, script, run, clock, signal, seed, progress })
    const file = entry.script && relative(process.cwd(), resolve(baseFolder, entry.script))
    const replay = `seatrial drill run ${drill.id} --procedure ${procedure.id}${file ? ` --runbook ${file}` : ''}`
    const judged = await judgeLive(seen, { name, only, replay })
    const told = { drill: drill.id, procedure: procedure.id, ended: seen.ended }
    const content = `${JSON.stringify(told, undefined, 2)}\n`
    return step({
      ...judged,
      ...(timeline !== undefined && { timeline }),
      attachments: [...(judged.attachments ?? []), { name: 'drill.json', contentType: 'application/json', content }],
    })
  } catch (error) {
    signal.throwIfAborted()
    return step({ unsettled: unsettledBy(error, 'Run it again; when it stays, report it with the logs.') })
  }
}
