import { hostBench } from '../bench/host.ts'
import { mustHold } from '../bench/must-hold.ts'
import { tellingSteps } from '../bench/telling-steps.ts'
import { told } from '../checks/change.ts'
import type { DrillContext } from '../drill.ts'
import { drill } from '../drill.ts'
import type { Manifest } from '../manifest/compare.ts'
import { compareManifests } from '../manifest/compare.ts'
import type { Attempt, Witnessed } from '../seen.ts'

/** Killed before each step in turn, each time on another bare host, and run again: the host is the same as ever. */
export const hostBuildInterrupted = drill({
  id: 'host-build-interrupted',
  title: 'the build is killed before each of its steps, and run again',
  kinds: ['host'],
  async attempt(context) {
    await using bench = await hostBench(context)
    await bench.build()
    const [whole, steps] = [await bench.look(), await bench.steps()]
    const waiting = tellingSteps(steps).values()
    const witnessed: Witnessed[] = []
    const attempts: Attempt[] = []
    const work = async (): Promise<void> => {
      for (const { number, name } of waiting) {
        const one = await killedBefore(context, number, whole)
        attempts.push(...one.attempts)
        if (one.what !== undefined) witnessed.push({ kind: 'not-resumed', step: name, what: one.what })
      }
    }
    // Hosts come up while others are built.
    await Promise.all([work(), work()])
    const seen = await bench.judge('recovery', witnessed)
    return { ...seen, attempts: [...attempts, ...seen.attempts] }
  },
})

/** What is wrong with a host whose build was killed before a step and run again. */
async function killedBefore(
  context: DrillContext,
  step: number,
  whole: Manifest,
): Promise<{ readonly attempts: readonly Attempt[]; readonly what: string | undefined }> {
  await using bench = await hostBench(context)
  const killed = await bench.build({ stopBefore: step })
  mustHold(
    killed.said === 'interrupted',
    `the script was not killed before step ${step}: ${killed.said}`,
    'Let it do the same steps each time it is run.',
  )
  const again = await bench.build()
  const attempts = [killed, again]
  const differences = compareManifests(whole, await bench.look())
  if (again.said === 'done' && differences.length === 0) return { attempts, what: undefined }
  const last = again.output.trim().split('\n').at(-1) ?? ''
  const what = differences.length === 0 ? 'nothing differs' : told(differences)
  return { attempts, what: again.said === 'done' ? what : `it ${again.said} (${last.slice(0, 160)}); ${what}` }
}
