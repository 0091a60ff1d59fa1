import { fileURLToPath } from 'node:url'
import type { ContainerMachine, StartedContainer } from '../../substrate/index.ts'
import { buildImage, startContainer } from '../../substrate/index.ts'
import type { DrillContext } from '../drill.ts'
import { install } from './attempt.ts'
import type { DatabaseEngine } from './database-engine.ts'

/** Where a host with a database has what, and what a script of this kind finds in its environment. */
export const places = {
  /** The data folder of the server: the script may stop the server and replace what is in it. */
  DATA: '/srv/disk/database',
  /** Survives the loss of the host. */
  REPOSITORY: '/srv/repository',
  /** A program: `start`, `stop`, `restart`; each returns when it is done, with 0 when it went well. */
  SERVER: '/usr/local/bin/server',
  HOME: '/root',
} as const

type Env = Readonly<Record<string, string>>

/** The file system on which the data folder is. */
const disk = '/srv/disk'
const diskBytes = 320 * 2 ** 20

const image = (name: string): string => fileURLToPath(new URL(`../../../fixtures/images/${name}`, import.meta.url))

/** A host with a server that is as empty as a new one. @throws SeatrialError as `startContainer`, `buildImage` */
export async function startHost(
  { script, run, signal, progress }: DrillContext,
  engine: DatabaseEngine,
  { name, env }: { readonly name: string; readonly env: Env },
): Promise<StartedContainer> {
  const host = await startContainer(
    {
      name,
      image: await buildImage(image(engine.image), { progress, signal }),
      entrypoint: ['sleep'],
      command: ['infinity'],
      files: { ...engine.files, [places.SERVER]: { content: engine.server, mode: 0o755 } },
      tmpfs: { [disk]: diskBytes, [places.REPOSITORY]: diskBytes },
    },
    run,
    { signal },
  )
  try {
    await install(host, script)
    await feed(host, env, `${engine.place}\n"$SERVER" start\n${engine.empty}`)
    return host
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

/** Brings the repository from a host that is lost to another, with owners and times. */
export async function carryRepository(from: ContainerMachine, to: ContainerMachine, env: Env): Promise<void> {
  const parcel = '/seatrial/repository.tar.gz'
  await feed(from, env, `tar -C "$REPOSITORY" -cf - . | gzip -1 >${parcel}`)
  await to.writeFile(parcel, await from.readFile(parcel))
  await from.kill()
  await feed(to, env, `tar -C "$REPOSITORY" -xzpf ${parcel}; rm ${parcel}`)
}

/**
 * Fills the disk with the data but for `left` bytes: beside the data folder, so that a script which empties that one has
 * no more room than its server had.
 *
 * @throws Error when more is left
 */
export async function fillDisk(host: ContainerMachine, env: Env, left: number): Promise<void> {
  const free = `$(($(df -Pk ${disk} | awk 'END{print $4}') * 1024))`
  const now = await feed(host, env, `fallocate -l $((${free} - ${left})) ${disk}/others; echo ${free}`)
  if (Number(now) > left) throw new Error(`the disk of ${host.name} has ${now} bytes left, not ${left}`)
}

/** Feeds lines to a program on a host, bash when left out; gives what it wrote. @throws Error with its complaint */
export async function feed(
  host: ContainerMachine,
  env: Env,
  lines: string,
  program: readonly [string, ...string[]] = ['bash', '-eu'],
): Promise<string> {
  await host.writeFile('/seatrial/lines', lines)
  const command = ['bash', '-c', 'exec "$@" </seatrial/lines', 'feed', ...program] as const
  const { exitCode, stdout, stderr } = await host.exec(command, { env })
  if (exitCode === 0) return stdout.trim()
  throw new Error(`on ${host.name}: ${stderr.trim() || `exit code ${exitCode}`}\n${lines.slice(0, 400)}`)
}
