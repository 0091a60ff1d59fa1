import { imageLabel } from '../run-labels.ts'
import type { BuildOptions } from './image.ts'
import { buildOnce } from './image.ts'

/**
 * Makes an image of a container as it is when `make` has ended; the container is removed afterwards. An image that is
 * there is not made again, and of several processes that ask at once one makes it.
 *
 * @param tag must change with whatever the container went through
 */
export async function commitOnce(
  tag: string,
  make: () => Promise<{ readonly containerId: string } & AsyncDisposable>,
  options: BuildOptions = {},
): Promise<void> {
  const [repo = '', version = ''] = tag.split(':')
  await buildOnce(
    tag,
    async (docker) => {
      await using made = await make()
      const changes = `LABEL ${imageLabel}=${repo.replace(/^.*\//, '')}`
      await docker.getContainer(made.containerId).commit({ repo, tag: version, changes, pause: false })
    },
    options,
  )
}
