import { availableParallelism } from 'node:os'
import type { StepReport } from '../kernel/index.ts'
import { sideBySide } from '../kernel/index.ts'
import type { TrialContext } from '../slice.ts'
import { drillTrial } from './drill-trial.ts'
import { lookAtContainer } from './lanes/container.ts'
import { lookAtMachine } from './lanes/machine.ts'
import type { Provision } from './lanes/provision.ts'
import { readProvision } from './lanes/provision.ts'
import { lookAtFiles } from './look-at-files.ts'
import { openRoot } from './root/open.ts'
import type { BootSection } from './section.ts'
import { timeTrial } from './time/trial.ts'

/**
 * Looks at the files of each host of the section, then starts each container and each machine, then runs the drills: each is a step.
 *
 * @throws UsageError for a script that cannot be read, before anything is started
 */
export async function* trial(context: TrialContext<BootSection>): AsyncGenerator<StepReport> {
  const { section, baseFolder, only, clock } = context
  const [containers, machines] = await Promise.all([
    withScripts(section.containers, 'boot.containers', baseFolder),
    withScripts(section.machines, 'boot.machines', baseFolder),
  ])
  const drills = await drillTrial(context)
  for (const { name, path, declared } of section.files) {
    context.progress(`${name}: its files`)
    const replay = `seatrial boot check ${path}`
    yield await lookAtFiles(() => openRoot(path, baseFolder), { name, declared, only, replay, clock })
  }
  for (const { target, provision } of containers) yield await lookAtContainer(target, { ...context, provision })
  const booted = machines.map(({ target, provision }) => ({
    processors: target.processors,
    work: () => lookAtMachine(target, { ...context, provision }),
  }))
  yield* sideBySide(booted, availableParallelism())
  yield* drills()
  yield* timeTrial(context)
}

async function withScripts<Target extends { readonly provision?: string | undefined }>(
  targets: readonly Target[],
  path: string,
  baseFolder: string,
): Promise<{ readonly target: Target; readonly provision: Provision | undefined }[]> {
  return Promise.all(
    targets.map(async (target, index) => {
      const { provision: file } = target
      const read = file === undefined ? undefined : readProvision(file, baseFolder, `${path}[${index}].provision`)
      return { target, provision: await read }
    }),
  )
}
