import type { RuleId } from '../../kernel/index.ts'
import { SeatrialError } from '../../kernel/index.ts'
import type { Machine, RunScope } from '../../substrate/index.ts'
import { buildImage, createVirtualMachine, machineImage, preparedImage } from '../../substrate/index.ts'
import type { Declared } from '../declared.ts'
import type { LiveHost } from '../live/live-host.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import { runLiveChecks } from '../live-check.ts'
import type { Mutation } from '../mutation.ts'
import { bootEnd, observed } from './boot-anew.ts'
import { quickBoot } from './kernel-line.ts'
import { referenceDeclared, referenceDisks, referenceFolder, referencePreparation } from './reference-host.ts'

/** A boot of the reference host, and what the checks found afterwards. */
export interface Tried {
  readonly found: readonly RuleId[]
  /** Why checks could not look. */
  readonly unsettled: readonly string[]
  readonly sentences: readonly string[]
  readonly after: LiveHost | undefined
  readonly ended: BootEnd
  readonly console: string
  /** Of the processor, used by QEMU from power-on to the last answer. */
  readonly processorSeconds: number
}

export interface Trying {
  readonly image: string
  readonly run: RunScope
  readonly signal: AbortSignal
  /** The host as it was without a change; left out for the boot that finds out. */
  readonly before?: LiveHost
}

/** Seconds that systemd waits for a device which will not come. */
const short = 12

const waitLess = (seconds: number): string => `mkdir -p /run/systemd/system.conf.d
printf '[Manager]\\nDefaultDeviceTimeoutSec=${Math.ceil(seconds)}\\n' >/run/systemd/system.conf.d/wait-less.conf`

/** The image of the reference host, built when it is not there. */
export async function referenceImage(run: RunScope, progress: (line: string) => void): Promise<string> {
  const image = await machineImage(await buildImage(referenceFolder, { progress }), { progress })
  return preparedImage({ spec: { image, disks: referenceDisks }, script: referencePreparation }, run, { progress })
}

/**
 * Boots the reference host once, changed by a mutation or as it is.
 *
 * @throws SeatrialError `SEATRIAL_NOT_MUTATED` (unsettled: setup) when the change could not be made
 */
export async function tryMutation(
  mutation: Pick<Mutation, 'script' | 'without' | 'waitsForDevice'> | undefined,
  { image, run, signal, before }: Trying,
  declared: Declared = referenceDeclared,
): Promise<Tried> {
  await using machine = await createVirtualMachine({ name: 'host', image, disks: referenceDisks }, run, { signal })
  const { script, without = [], waitsForDevice = false } = mutation ?? {}
  await machine.powerOn({ hold: true, kernelLine: quickBoot(declared), without })
  // The configuration of the host stays as it is: /run is gone with the power.
  if (waitsForDevice) await change(machine, waitLess(short * machine.slowness))
  if (script !== undefined) await change(machine, script)
  await machine.release()
  const ended = await bootEnd(machine, { deadlineMs: 150_000, signal })
  const seen = await observed(machine, declared, { before, ended })
  const results = await runLiveChecks(seen, [])
  return {
    found: [...new Set(results.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].toSorted(),
    sentences: results.flatMap(({ findings }) => findings.map(({ sentence }) => sentence)),
    unsettled: results.flatMap(({ unsettled }) => (unsettled === undefined ? [] : [unsettled.why])),
    after: seen.after,
    ended,
    console: seen.console,
    processorSeconds: await machine.processorSeconds(),
  }
}

async function change(machine: Pick<Machine, 'exec'>, script: string): Promise<void> {
  const { exitCode, stdout, stderr } = await machine.exec(['sh', '-ec', script])
  if (exitCode === 0) return
  throw new SeatrialError('SEATRIAL_NOT_MUTATED', `the change could not be made: ${`${stdout}${stderr}`.trim()}`, {
    mend: 'Mend the script of the mutation: it runs on the root before its init.',
    because: 'setup',
  })
}
