import { fileURLToPath } from 'node:url'
import type { ExecResult, SystemdMachine, SystemdSpec } from '../../substrate/index.ts'
import { buildImage, startSystemdMachine } from '../../substrate/index.ts'
import type { BootDrillContext } from '../drill.ts'
import { notUp } from '../lanes/lane.ts'
import { runProvision } from '../lanes/provision.ts'
import type { LiveHost } from '../live/live-host.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import { waitForBoot } from '../live/wait-for-boot.ts'

/** A host in a container, one of several that are made from the same image; disposing removes it. */
export interface Instance extends AsyncDisposable {
  readonly machine: SystemdMachine
  readonly ended: BootEnd
  /** Runs a script of /bin/sh on it, whatever comes of it. */
  readonly run: (file: string, text: string) => Promise<ExecResult>
}

const deadlineMs = 60_000

/**
 * Starts an instance of an image of `fixtures/images`.
 *
 * @throws SeatrialError `SEATRIAL_HOST_NOT_UP` (unsettled: setup) when its boot does not end well
 */
export async function startInstance(
  image: string,
  spec: Omit<SystemdSpec, 'image'>,
  { run, signal, progress }: Pick<BootDrillContext, 'run' | 'signal' | 'progress'>,
): Promise<Instance> {
  const tag = await buildImage(fileURLToPath(new URL(`../../../fixtures/images/${image}`, import.meta.url)), {
    progress,
    signal,
  })
  progress(`${spec.name}: starting it`)
  const machine = await startSystemdMachine({ ...spec, image: tag }, run, { signal, until: 'answering' })
  try {
    const ended = await waitForBoot(machine, { deadlineMs, signal, isOff: machine.isOff })
    if (ended.how !== 'up') throw notUp(spec.name, ended)
    return {
      machine,
      ended,
      run: (file, text) => runProvision(machine, { file, text }, { deadlineMs, signal }),
      [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
    }
  } catch (error) {
    await machine[Symbol.asyncDispose]()
    throw error
  }
}

/** The one that was, to be held against another: the name of a container is its engine's choice, and never the same. */
export function ofAnother(host: LiveHost): LiveHost {
  return { ...host, hostname: { unknown: 'each container has a name of its own, from its engine' } }
}
