import { posix } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { runInContainer } from './run-in-container.ts'
import type { Dockerode } from './shaped-container.ts'
import { fileInTar, tarOfFile } from './tar.ts'

/**
 * Reads a file of a container. While it runs a process inside reads it, because the engine's
 * archive call does not see what lies on a tmpfs; a stopped one has only the archive.
 *
 * @throws SeatrialError `SEATRIAL_NO_FILE`
 */
export async function readContainerFile(
  docker: Dockerode,
  id: string,
  name: string,
  path: string,
  running: boolean,
): Promise<Uint8Array> {
  if (running) {
    const { exitCode, stdout, stderr } = await runInContainer(docker, id, ['cat', '--', path])
    if (exitCode === 0) return stdout
    // 126 and 127: the image has no cat.
    if (exitCode < 126) throw noFile(name, path, Buffer.from(stderr).toString().trim())
  }
  try {
    const archive = await buffer(await docker.getContainer(id).getArchive({ path }))
    const found = fileInTar(archive)
    if ('content' in found) return found.content
    return await readContainerFile(docker, id, name, posix.resolve(posix.dirname(path), found.linkTo), running)
  } catch (error) {
    throw noFile(name, path, messageOf(error))
  }
}

/**
 * Writes a file of a container and makes the folders above it. While it runs, a file that is
 * there keeps its owner and mode, as when somebody edits it in place.
 */
export async function writeContainerFile(
  docker: Dockerode,
  id: string,
  name: string,
  path: string,
  content: Uint8Array,
  running: boolean,
): Promise<void> {
  if (running) {
    const script = 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1"'
    const options = { user: 'root', input: content }
    const { exitCode, stderr } = await runInContainer(docker, id, ['sh', '-c', script, 'sh', path], options)
    if (exitCode === 0) return
    if (exitCode < 126) {
      throw new SeatrialError(
        'SEATRIAL_FILE_REFUSED',
        `cannot write ${path} in ${name}: ${Buffer.from(stderr).toString().trim()}`,
        {
          mend: 'Look whether the path is a folder, read-only, or on a full disk.',
        },
      )
    }
  }
  await docker.getContainer(id).putArchive(tarOfFile(path, content), { path: '/' })
}

function noFile(name: string, path: string, why: string): SeatrialError {
  return new SeatrialError('SEATRIAL_NO_FILE', `cannot read ${path} in ${name}: ${why}`, {
    mend: `Look what is there: docker exec CONTAINER ls -la ${posix.dirname(path)}`,
  })
}
