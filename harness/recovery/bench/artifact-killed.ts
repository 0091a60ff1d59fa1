import { told } from '../checks/change.ts'
import type { Manifest } from '../manifest/compare.ts'
import { compareManifests } from '../manifest/compare.ts'
import type { Witnessed } from '../seen.ts'
import { withoutCopies } from './artifact-manifest.ts'
import type { ArtifactBench } from './artifact.ts'
import { mustHold } from './must-hold.ts'
import { tellingSteps } from './telling-steps.ts'

/**
 * Kills the upgrade before each of the steps of a run that was left in peace, each time on a host as it was at first, and
 * runs it again. When it says that it is done, the host must be as in `whole`; when it says that it failed, as before.
 *
 * @throws SeatrialError when it could not be killed there
 */
export async function killedBeforeEach(
  bench: ArtifactBench,
  whole: Manifest | undefined,
): Promise<readonly Witnessed[]> {
  const witnessed: Witnessed[] = []
  for (const { number, name } of tellingSteps(await bench.steps())) {
    const what = await killedBefore(bench, number, whole)
    if (what !== undefined) witnessed.push({ kind: 'not-resumed', step: name, what })
  }
  return witnessed
}

async function killedBefore(
  bench: ArtifactBench,
  step: number,
  whole: Manifest | undefined,
): Promise<string | undefined> {
  await bench.reset()
  const killed = await bench.upgrade({ stopBefore: step })
  mustHold(
    killed.said === 'interrupted',
    `the script was not killed before step ${step}: ${killed.said}`,
    'Let it do the same steps each time it is run.',
  )
  const again = await bench.upgrade()
  const is = await bench.look()
  const wrong =
    again.said === 'done' && whole ? compareManifests(whole, is) : withoutCopies(compareManifests(bench.before, is))
  const isTrue = again.said === 'failed' || (again.said === 'done' && whole !== undefined)
  if (isTrue && wrong.length === 0) return undefined
  const last = again.output.trim().split('\n').at(-1) ?? ''
  const saying = again.said === 'done' ? '' : ` (${last.slice(0, 160)})`
  return `it says ${again.said}${saying}; ${wrong.length === 0 ? 'nothing differs' : told(wrong)}`
}
