import { fileURLToPath } from 'node:url'
import type { ContainerMachine } from '../../substrate/index.ts'
import { buildImage, startContainer } from '../../substrate/index.ts'
import type { DrillContext } from '../drill.ts'
import type { Difference, Manifest } from '../manifest/compare.ts'
import { compareManifests } from '../manifest/compare.ts'
import { hostManifest } from '../manifest/host.ts'
import type { Attempt, Seen, Witnessed } from '../seen.ts'
import type { AttemptOptions } from './attempt.ts'
import { attemptFor, install, stepsOf } from './attempt.ts'
import { must } from './must.ts'

/** What a script of this kind finds in its environment. */
const hostPlaces = {
  /** Packages that the host needs, with the versions that were tried: `name=version`, one a line. */
  LOCK: '/srv/mirror/packages.lock',
  ETC: '/etc/harbour',
  ROOT: '/srv/harbour',
  /** Who the server runs as. */
  APP_USER: 'harbour',
  /** Where `/health` answers 200 and `ok`. */
  PORT: '8080',
  TOKEN: 'a-lantern-at-the-mole',
} as const

/** What the mirror offers: what it had when the lock file was made, newer revisions too, or only those. */
export type Offered = 'today' | 'tomorrow' | 'later'

/** The objective of the documents: a host is rebuilt within ten minutes. */
const objectiveMs = 600_000

/** A host with nothing on it. Verb: `build`. */
export interface HostBench extends AsyncDisposable {
  readonly host: ContainerMachine
  readonly build: (options?: AttemptOptions) => Promise<Attempt>
  readonly steps: () => Promise<readonly string[]>
  /** Packages, users, listening ports, files of the application, and what it answers. */
  readonly look: () => Promise<Manifest>
  /** What was promised of a built host. */
  readonly declared: Manifest
  /** Where a host is not what was promised; whatever more there is on it does not count. */
  readonly broken: () => Promise<readonly Difference[]>
  readonly judge: (
    possible: Seen['possible'],
    witnessed?: readonly Witnessed[],
  ) => Promise<Omit<Seen, 'drill' | 'procedure'>>
}

const image = new URL('../../../fixtures/images/bare-host', import.meta.url)

/** @throws SeatrialError as `startContainer`, `buildImage` */
export async function hostBench(context: DrillContext, offered: Offered = 'today'): Promise<HostBench> {
  const { script, run, signal, progress } = context
  const spec = {
    name: 'host',
    image: await buildImage(fileURLToPath(image), { progress, signal }),
    command: ['sleep', 'infinity'],
  }
  const host = await startContainer(spec, run, { signal })
  try {
    await install(host, script)
    await must(host, `ln -sfn ${offered} /srv/mirror/offered`)
    const declared = promised(await must(host, `cat ${hostPlaces.LOCK}`))
    const attempts: Attempt[] = []
    const look = (): Promise<Manifest> => hostManifest(host, hostPlaces)
    const broken = async (): Promise<readonly Difference[]> =>
      compareManifests(declared, await look()).filter(({ key, kind }) => kind !== 'extra' && declared.has(key))
    return {
      host,
      async build(given) {
        const told = await attemptFor(context, host, 'build', hostPlaces, given)
        attempts.push(told)
        return told
      },
      steps: () => stepsOf(host),
      look,
      declared,
      broken,
      async judge(possible, witnessed = []) {
        const last = attempts.at(-1)
        // What there is of a host that cannot be built counts only where it was said to be built.
        const counts = possible !== 'refusal' || last?.said === 'done'
        const differences = counts ? await broken() : undefined
        const recoveryMs = last?.said === 'done' && differences?.length === 0 ? last.durationMs : undefined
        return { possible, attempts, differences, entries: declared.size, recoveryMs, objectiveMs, witnessed }
      },
      [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
    }
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

function promised(lock: string): Manifest {
  const packages = lock.split('\n').flatMap((line) => {
    const [name, version] = line.split('=')
    return name === undefined || version === undefined ? [] : [[`package ${name}`, { version }] as const]
  })
  return new Map<string, Readonly<Record<string, string>>>([
    ...packages,
    [`port ${hostPlaces.PORT}`, { state: 'listening' }],
    ['health', { status: '200', answer: 'ok', 'served by': hostPlaces.APP_USER }],
  ])
}
