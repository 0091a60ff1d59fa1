import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { followProgress } from './progress.ts'
import type { Dockerode } from './shaped-container.ts'

// A firewall that drops packets would hang a pull for minutes; a real one never says nothing for so long.
const silenceMs = 20_000

export async function hasImage(docker: Dockerode, tag: string): Promise<boolean> {
  try {
    await docker.getImage(tag).inspect()
    return true
  } catch (error) {
    if (/no such image/i.test(messageOf(error))) return false
    throw error
  }
}

/**
 * Sees to it that the engine has an image, and pulls it when it does not.
 *
 * @throws SeatrialError `SEATRIAL_NO_IMAGE` (unsettled: setup)
 */
export async function ensureImage(docker: Dockerode, tag: string): Promise<void> {
  if (await hasImage(docker, tag)) return
  try {
    await pull(docker, tag)
  } catch (error) {
    throw new SeatrialError(
      'SEATRIAL_NO_IMAGE',
      `image ${tag} is not on this engine and cannot be pulled: ${messageOf(error)}`,
      {
        mend: tag.startsWith('debian:') ? 'npm run bootstrap' : `docker pull ${tag}, or name an image that is there`,
        because: 'setup',
        cause: error,
      },
    )
  }
}

async function pull(docker: Dockerode, tag: string): Promise<void> {
  const quiet = new AbortController()
  let watch = setTimeout(giveUp, silenceMs)
  function giveUp(): void {
    quiet.abort(new Error(`the registry said nothing for ${silenceMs / 1000} s`))
  }
  const heard = (): void => {
    clearTimeout(watch)
    watch = setTimeout(giveUp, silenceMs)
  }
  try {
    // Without a tag the engine would pull every tag that there is.
    const whole = /[:@][^/]+$/.test(tag) ? tag : `${tag}:latest`
    const stream = await docker.pull(whole, { abortSignal: quiet.signal })
    await followProgress(stream, heard, quiet.signal)
  } catch (error) {
    throw quiet.signal.aborted ? quiet.signal.reason : error
  } finally {
    clearTimeout(watch)
  }
}
