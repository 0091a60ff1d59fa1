import { fileURLToPath } from 'node:url'
import type { DeclaredInput } from '../declared.ts'
import { declaredState } from '../declared.ts'
import type { BootDrillContext, DrillSeen } from '../drill.ts'
import type { Circumstance } from '../lanes/machine.ts'
import { rebooted } from '../lanes/machine.ts'

export interface MachineOfDrill {
  readonly name: string
  /** Folder below `fixtures/images/` with the Dockerfile of the host. */
  readonly host: string
  /** Further disks: name to bytes. */
  readonly disks?: Readonly<Record<string, number>>
  readonly memory?: string
  readonly loader?: 'ours' | 'disk'
  readonly declared: DeclaredInput
  /** The script is run twice: the second run must change nothing. */
  readonly repeat?: boolean
  /** What else happens to the reboot. */
  readonly circumstance?: Circumstance
}

/**
 * The usual shape of a drill on a machine: the script is run on a host that is up, the host is looked at, rebooted, and
 * looked at again.
 */
export function rebootAfterScript({
  host,
  name,
  disks = {},
  memory = '512m',
  loader = 'ours',
  declared,
  repeat = false,
  circumstance = {},
}: MachineOfDrill): (context: BootDrillContext) => Promise<DrillSeen> {
  const build = fileURLToPath(new URL(`../../../fixtures/images/${host}`, import.meta.url))
  const target = {
    name,
    build,
    repeat,
    disks,
    memory,
    loader,
    processors: 1,
    // The script may rebuild an initrd, which an emulated processor takes minutes for.
    deadlineSeconds: loader === 'disk' ? 600 : 180,
    declared: declaredState.parse(declared),
  }
  return ({ procedure, script, run, clock, signal, progress }) => {
    const provision = { file: procedure.id, text: script }
    return rebooted(
      target,
      { provision, run, baseFolder: '/', only: [], clock, signal, progress },
      { ...circumstance, standing: true },
    )
  }
}
