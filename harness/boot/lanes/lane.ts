import { resolve } from 'node:path'
import type { Clock } from '../../kernel/index.ts'
import { SeatrialError } from '../../kernel/index.ts'
import type { Machine, RunScope } from '../../substrate/index.ts'
import { buildImage } from '../../substrate/index.ts'
import { askHost } from '../live/ask-host.ts'
import type { BootEnd } from '../live/wait-for-boot.ts'
import type { LiveObservation } from '../live-check.ts'
import type { ContainerTarget } from '../section.ts'
import type { Provision } from './provision.ts'
import { demandProvisioned, runProvision } from './provision.ts'

/** What the lanes that start a host have to work with. */
export interface Lane {
  readonly provision: Provision | undefined
  readonly run: RunScope
  readonly baseFolder: string
  readonly only: readonly string[]
  /** The command line that shows again what is found; `seatrial run` unless said. */
  readonly command?: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly progress: (line: string) => void
}

/** What they have in common of their targets. */
export type HostTarget = Pick<ContainerTarget, 'name' | 'image' | 'build' | 'repeat' | 'deadlineSeconds' | 'declared'>

/** The image of a host: the one that is named, or the one that its folder builds. */
export async function imageOf({ image, build }: HostTarget, { baseFolder, progress, signal }: Lane): Promise<string> {
  return image ?? (await buildImage(resolve(baseFolder, build ?? '.'), { progress, signal }))
}

/** Runs the script that sets the host up, a second time too where that is asked for. */
export async function setUp(
  host: Pick<Machine, 'exec' | 'writeFile' | 'name' | 'slowness'>,
  { name, declared, repeat, deadlineSeconds }: HostTarget,
  { provision, signal, progress }: Lane,
): Promise<LiveObservation['repeated']> {
  if (provision === undefined) return undefined
  const options = { deadlineMs: deadlineSeconds * 1000, signal }
  progress(`${name}: ${provision.file}`)
  demandProvisioned(provision, await runProvision(host, provision, options))
  if (!repeat) return undefined
  const before = await askHost(host, declared)
  progress(`${name}: ${provision.file} again`)
  const { exitCode, stdout } = await runProvision(host, provision, options)
  return { before, after: await askHost(host, declared), exitCode, output: stdout }
}

export function notUp(name: string, { said, waitedMs }: BootEnd): SeatrialError {
  return new SeatrialError(
    'SEATRIAL_HOST_NOT_UP',
    `${name} was not up after ${Math.round(waitedMs / 1000)} s: ${said}`,
    {
      mend: 'Start its image by hand and look: systemctl list-jobs, systemctl --failed.',
      because: 'setup',
    },
  )
}
