import { ensureImage } from './pull.ts'
import { testcontainers } from './testcontainers.ts'

/**
 * The environment that an image gives its containers. One that is not on this engine is pulled: only for images that
 * somebody has named.
 *
 * @throws SeatrialError `SEATRIAL_NO_IMAGE`
 */
export async function imageEnvironment(tag: string): Promise<Readonly<Record<string, string>>> {
  const docker = await (await testcontainers()).dockerode()
  await ensureImage(docker, tag)
  const { Config } = await docker.getImage(tag).inspect()
  return Object.fromEntries(
    (Config.Env ?? []).map((line) => {
      const at = line.indexOf('=')
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )
}
