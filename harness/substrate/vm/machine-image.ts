import { fileURLToPath } from 'node:url'
import type { BuildOptions } from '../docker/image.ts'
import { buildAssembledImage, buildImage } from '../docker/image.ts'

const base = fileURLToPath(new URL('../../../fixtures/images/virtual-machine', import.meta.url))

export interface MachineImageOptions {
  /** Of the root's disk, such as `2G`. */
  readonly size?: string
  /** Whether the disk has to boot by itself: `disk` wants a kernel, an initrd and GRUB's files in the root. */
  readonly loader?: 'ours' | 'disk'
}

/**
 * The tag of an image with a machine in it, whose root is the file system of a container image. Booted by the kernel of ours, it
 * gets the modules of that one too.
 *
 *     container image of a host --> disk --+
 *     virtual-machine (QEMU, kernel, initrd) +--> seatrial/machine
 *
 * @param root tag of an image with /sbin/init
 * @throws SeatrialError as `buildImage`
 */
export async function machineImage(
  root: string,
  { size = '2G', loader = 'ours', ...options }: BuildOptions & MachineImageOptions = {},
): Promise<string> {
  const machine = await buildImage(base, options)
  const dockerfile = [
    `FROM ${root} AS host`,
    `FROM ${machine} AS disk`,
    'COPY --from=host / /tree',
    `RUN make-disk /tree /machine/root.qcow2 ${size} ${loader}`,
    `FROM ${machine}`,
    'COPY --from=disk /machine/root.qcow2 /machine/root.qcow2',
    '',
  ].join('\n')
  return buildAssembledImage({ name: 'machine', dockerfile }, options)
}
