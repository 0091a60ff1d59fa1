import type { TimelineMark } from '../../kernel/index.ts'
import { SeatrialError, seededRandom, waitFor } from '../../kernel/index.ts'
import type { PowerOn, VirtualMachine } from '../../substrate/index.ts'
import { buildImage, machineImage } from '../../substrate/index.ts'
import { declaredState } from '../declared.ts'
import type { BootDrillContext, DrillSeen } from '../drill.ts'
import { demandProvisioned, runProvision } from '../lanes/provision.ts'
import { askHost } from '../live/ask-host.ts'
import { plainConsole } from '../live/console.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import { boot, observed } from './boot-anew.ts'
import { referenceFolder } from './reference-host.ts'
import { quickBoot } from './kernel-line.ts'
import { checkSaid, cutWhileWriting, fileSystemSaid, ledger, recordsFound } from './ledger.ts'
import { standingHost } from './standing-host.ts'

/** A cut in a boot, as soon as its console shows that something begins. */
export interface CutInBoot {
  /** Ends the sentence "the power is cut in the boot, ". */
  readonly what: string
  readonly begins: RegExp
  /** Shows that it is done: where this stands too the cut came after it, and still in the boot. */
  readonly ends: RegExp
}

const name = 'ledger'
const disks = { ledger: 64 * 2 ** 20 }

const declared = declaredState.parse({
  mounts: [{ at: ledger.mount, type: 'ext4', options: ['rw'] }],
  services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }, { unit: 'cron.service' }],
  ports: [22, 80],
})

/**
 * The usual shape of a power cut. The procedure sets up a disk and an application that appends records and acknowledges
 * them on the console; then the power is cut, as often as is named, and what was acknowledged is held against the disk
 * after the boot that follows.
 *
 * What a cut takes is the memory of the guest. Its disks keep all that they were given, also what they were never told to
 * flush: a disk that loses that needs another drill.
 */
export function cutPowerWhile(
  cuts: readonly ['writing', ...('writing' | CutInBoot)[]],
): (context: BootDrillContext) => Promise<DrillSeen> {
  return async ({ procedure, script, run, clock, signal, seed, progress }) => {
    const options = { progress, signal }
    const image = await machineImage(await buildImage(referenceFolder, options), options)
    const power: PowerOn = { kernelLine: quickBoot(declared) }
    const limits = { deadlineMs: 180_000, signal }
    await using machine = await standingHost({ name, image, disks }, power, { ...limits, run, progress })
    let ended: BootEnd = { how: 'up', said: 'running', waitedMs: 0 }
    const provision = { file: procedure.id, text: script }
    demandProvisioned(provision, await runProvision(machine, provision, limits))
    // It was set up long ago: at stake is only what the application writes from now on.
    await machine.exec(['sync'])
    const before = await askHost(machine, declared)

    const random = seededRandom(seed, name)
    const began = clock.elapsed()
    const marks: TimelineMark[] = []
    const acknowledged: string[] = []
    const tell = (what: string, kind: NonNullable<TimelineMark['kind']>): void => {
      progress(`${name}: ${what}`)
      marks.push({ at: Math.round(clock.elapsed() - began), what, kind })
    }
    const again = async (): Promise<void> => {
      ended = await boot(machine, power, limits)
      tell(`boot ended: ${ended.said}`, ended.how === 'up' ? 'recovery' : 'end')
    }
    for (const cut of cuts) {
      if (cut === 'writing') {
        if (machine.isOff()) await again()
        // To a host that is not up nobody writes: it is judged as it is.
        if (ended.how !== 'up') break
        const told = await cutWhileWriting(machine, { enough: 40 + Math.floor(random() * 40), signal })
        acknowledged.push(...told)
        tell(`power cut while it writes, ${told.length} records acknowledged`, 'fault')
      } else {
        const point = await cutInBoot(machine, power, cut, signal)
        tell(`power cut in the boot, ${point}`, 'fault')
      }
    }
    if (machine.isOff()) await again()

    const seen = await observed(machine, declared, { before, ended })
    const answers = seen.after !== undefined
    const found = answers ? await recordsFound(machine) : undefined
    const fileSystem = answers ? await fileSystemSaid(machine) : undefined
    const facts = [
      { what: 'acknowledged', value: String(acknowledged.length) },
      { what: 'check at boot', value: answers ? await checkSaid(machine) : 'not asked' },
      { what: 'last boot', value: `${ended.waitedMs} ms` },
      { what: 'processor', value: `${(await machine.processorSeconds()).toFixed(1)} s` },
    ]
    return {
      seen: { ...seen, written: { acknowledged, found, fileSystem } },
      timeline: { title: `${name}: from the first record`, unit: 'ms', marks, facts },
    }
  }
}

/** Words on a console when a boot is over: what is cut after them is none. */
const over = /Reached target .*multi-user\.target/

/**
 * Cuts a boot and says where it was.
 *
 * @throws SeatrialError `SEATRIAL_NO_RECOVERY` (unsettled: setup) when it did not come to that point, or was over
 */
async function cutInBoot(
  machine: VirtualMachine,
  power: PowerOn,
  { what, begins, ends }: CutInBoot,
  signal: AbortSignal,
): Promise<string> {
  const console = (): string => plainConsole(machine.console().text)
  await machine.powerOn(power)
  await waitFor(
    `${machine.name} to boot, ${what}`,
    () => (begins.test(console()) || over.test(console()) ? { done: true } : { seen: console().slice(-200) }),
    { deadlineMs: 120_000 * machine.slowness, everyMs: 10, signal },
  )
  await machine.cutPower()
  const shown = console()
  if (begins.test(shown) && !over.test(shown)) return ends.test(shown) ? `just after: ${what}` : what
  throw new SeatrialError('SEATRIAL_NO_RECOVERY', `the power was not cut in the boot, ${what}`, {
    mend: 'Let the script make a file system with a journal, which fstab has checked at boot.',
    because: 'setup',
  })
}
