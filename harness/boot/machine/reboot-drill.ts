import { fileURLToPath } from 'node:url'
import type { DeclaredInput } from '../declared.ts'
import { declaredState } from '../declared.ts'
import type { BootDrillContext, DrillSeen } from '../drill.ts'
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
}: MachineOfDrill): (context: BootDrillContext) => Promise<DrillSeen> {
  const build = fileURLToPath(new URL(`../../../fixtures/images/${host}`, import.meta.url))
  const target = {
    name,
    build,
    repeat: false,
    disks,
    memory,
    loader,
    processors: 1,
    // The script may rebuild an initrd, which an emulated processor takes minutes for.
    deadlineSeconds: loader === 'disk' ? 600 : 180,
    declared: declaredState.parse(declared),
  }
  return ({ procedure, script, run, clock, signal, progress }) =>
    rebooted(target, {
      provision: { file: procedure.id, text: script },
      run,
      baseFolder: '/',
      only: [],
      clock,
      signal,
      progress,
    })
}
