import { createHash } from 'node:crypto'
import { SeatrialError } from '../../kernel/index.ts'
import { commitOnce } from '../docker/commit.ts'
import type { BuildOptions } from '../docker/image.ts'
import type { RunScope } from '../run-scope.ts'
import type { VirtualMachineSpec } from './virtual-machine.ts'
import { createVirtualMachine } from './virtual-machine.ts'

export interface Preparation {
  readonly spec: Pick<VirtualMachineSpec, 'image' | 'disks'>
  /** Script of /bin/sh, run on the held root with the machine's kernel and disks, before anything else runs. */
  readonly script: string
}

/**
 * The tag of an image whose machine has been prepared by a script: disks in arrays, file systems, data. It is made once;
 * each machine of it begins where the script ended.
 *
 * @throws SeatrialError `SEATRIAL_NOT_PREPARED` (unsettled: setup) with what the script said
 */
export async function preparedImage(
  { spec, script }: Preparation,
  run: Pick<RunScope, 'labels'>,
  options: BuildOptions = {},
): Promise<string> {
  const { image, disks = {} } = spec
  const hash = createHash('sha256')
    .update(JSON.stringify([image, disks, script]))
    .digest('hex')
    .slice(0, 12)
  const tag = `seatrial/prepared:${hash}`
  await commitOnce(
    tag,
    async () => {
      const machine = await createVirtualMachine({ name: 'prepared', image, disks }, run, options)
      try {
        await machine.powerOn({ hold: true })
        const { exitCode, stdout, stderr } = await machine.exec(['sh', '-ec', script])
        if (exitCode !== 0) throw notPrepared(`${stdout}${stderr}`.trim().slice(-1_000))
        await machine.exec(['sh', '-c', 'sync; mount -o remount,ro / && sync'])
        await machine.cutPower()
        return machine
      } catch (error) {
        await machine[Symbol.asyncDispose]()
        throw error
      }
    },
    options,
  )
  return tag
}

function notPrepared(said: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NOT_PREPARED', `the machine could not be prepared: ${said}`, {
    mend: 'Mend the script, or put what it wants into the image of the host.',
    because: 'setup',
  })
}
