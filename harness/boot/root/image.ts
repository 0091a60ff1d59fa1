import { exportContainer, exportImage } from '../../substrate/index.ts'
import { rootOfTar } from './archive.ts'
import type { Root } from './root.ts'

/** `docker:NAME` and `image:NAME` are images; `container:NAME` is what stands in a container now. */
const named = /^(docker|image|container):(.+)$/

/** Whether a path names something that the engine has. */
export function isOfEngine(path: string): boolean {
  return named.test(path)
}

/**
 * The files of a container image, or of a container. An image is read by a container that is made of it and never started.
 *
 * @throws SeatrialError `SEATRIAL_NO_ENGINE`, `SEATRIAL_NO_IMAGE` (unsettled) with the command that helps
 */
export async function imageRoot(path: string): Promise<Root> {
  const [, kind, name = ''] = named.exec(path) ?? []
  await using exported = await (kind === 'container' ? exportContainer(name) : exportImage(name))
  return await rootOfTar(path, exported.bytes)
}
