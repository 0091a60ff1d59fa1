import { fileURLToPath } from 'node:url'
import { SeatrialError } from '../../kernel/index.ts'
import type { ContainerMachine } from '../../substrate/index.ts'
import { buildImage, startContainer } from '../../substrate/index.ts'
import type { DrillContext } from '../drill.ts'
import type { Manifest } from '../manifest/compare.ts'
import { compareManifests } from '../manifest/compare.ts'
import type { Attempt, Seen, Witnessed } from '../seen.ts'
import type { AttemptOptions } from './attempt.ts'
import { attemptFor, install, stepsOf } from './attempt.ts'
import type { Clients } from './clients.ts'
import { startClients } from './clients.ts'
import { inService, serviceManifest, withoutCopies } from './artifact-manifest.ts'
import { must } from './must.ts'

/** What a script of this kind finds in its environment. */
export const artifactPlaces = {
  ARTIFACTS: '/srv/artifacts',
  INSTALLED: '/srv/app/installed',
  BACKUPS: '/srv/backups',
  /** Tells everybody to come back later, and lets them in again. */
  BLOCK: 'touch /run/maintenance',
  UNBLOCK: 'rm -f /run/maintenance',
  /** Comes back when the server listens, however long that takes; fails when it ends. */
  RESTART: 'restart-app',
  /** Where the server answers behind the block: `/` tells its version. */
  VERSION_URL: 'http://127.0.0.1:8080/',
  /** Seconds that a restart may take. */
  PATIENCE: '20',
} as const

const { ARTIFACTS, INSTALLED, BACKUPS } = artifactPlaces

/** How a module is: `large` needs three times the room, `failing` starts and cannot answer, `hanging` never listens. */
export type ModuleKind = 'whole' | 'large' | 'failing' | 'not-starting' | 'hanging'

export interface ArtifactOptions {
  readonly installed: string
  /** What was downloaded, besides the installed release. */
  readonly downloaded: Readonly<Record<string, ModuleKind>>
  /** Bytes of the disk for backups, where it is a small one. */
  readonly backupBytes?: number
  /** Bytes of the disk that modules are installed on, where it is a small one. */
  readonly installedBytes?: number
}

/** An application server with one module, behind a front whose traffic can be blocked, and clients. Verb: `upgrade`. */
export interface ArtifactBench extends AsyncDisposable {
  readonly host: ContainerMachine
  readonly clients: Clients
  /** Everything as it was before the first upgrade; artifacts and clients stay as they are. */
  readonly reset: () => Promise<void>
  readonly upgrade: (options?: AttemptOptions) => Promise<Attempt>
  readonly steps: () => Promise<readonly string[]>
  /** The installed files, the version that is served, whether clients are blocked, the release that is kept. */
  readonly look: () => Promise<Manifest>
  /** As it is before any upgrade. */
  readonly before: Manifest
  /** As it must be when a release is in service. */
  readonly after: (version: string) => Promise<Manifest>
  readonly judge: (
    truth: Manifest,
    possible: Seen['possible'],
    witnessed?: readonly Witnessed[],
  ) => Promise<Omit<Seen, 'drill' | 'procedure'>>
}

const image = new URL('../../../fixtures/images/module-host', import.meta.url)

/** @throws SeatrialError as `startContainer`, `buildImage` */
export async function artifactBench(
  context: DrillContext,
  { installed, downloaded, backupBytes, installedBytes }: ArtifactOptions,
): Promise<ArtifactBench> {
  const { script, run, signal, progress } = context
  const host = await startContainer(
    {
      name: 'host',
      image: await buildImage(fileURLToPath(image), { progress, signal }),
      ports: [80],
      tmpfs: {
        ...(backupBytes !== undefined && { [BACKUPS]: backupBytes }),
        ...(installedBytes !== undefined && { [INSTALLED]: installedBytes }),
      },
    },
    run,
    { signal },
  )
  try {
    await install(host, script)
    await must(
      host,
      Object.entries({ [installed]: 'whole', ...downloaded })
        .map(made)
        .join('\n'),
    )
    await must(host, reset(installed))
    const attempts: Attempt[] = []
    const oldSum = await sumOf(host, installed)
    const look = (): Promise<Manifest> => serviceManifest(host, { ...artifactPlaces, old: installed, oldSum })
    const before = await look()
    mustServe(before, installed)
    const { host: address, port } = await host.address(80)
    const clients = startClients(`http://${address}:${port}/`, (body) => /^\d+\.\d+\.\d+/.test(body))
    return {
      host,
      clients,
      before,
      reset: () => clients.unseen(async () => void (await must(host, reset(installed)))),
      async upgrade(given) {
        const told = await attemptFor(context, host, 'upgrade', artifactPlaces, given)
        attempts.push(told)
        return told
      },
      steps: () => stepsOf(host),
      look,
      after: async (version) => inService(before, version, { old: installed, content: await sumOf(host, version) }),
      async judge(truth, possible, witnessed = []) {
        const service = await clients.stop()
        const all = compareManifests(truth, await look())
        const differences = possible === 'refusal' ? withoutCopies(all) : all
        const back = differences.length === 0
        return {
          possible,
          attempts,
          differences,
          entries: truth.size,
          recoveryMs: back ? service.outageMs : undefined,
          service,
          witnessed,
        }
      },
      async [Symbol.asyncDispose]() {
        clients.abandon()
        await host[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await host[Symbol.asyncDispose]()
    throw error
  }
}

const made = ([version, kind]: [string, string]): string => `make-module ${version} ${kind}`

const reset = (version: string): string => `rm -rf /run/maintenance
find ${INSTALLED} ${BACKUPS} -mindepth 1 -delete
install -m 644 ${ARTIFACTS}/module-${version}.tar.gz ${INSTALLED}/module.tar.gz
echo 'berths = 12' >${INSTALLED}/settings.conf
restart-app`

async function sumOf(host: ContainerMachine, version: string): Promise<string> {
  return (await must(host, `sha256sum ${ARTIFACTS}/module-${version}.tar.gz`)).slice(0, 64)
}

function mustServe(before: Manifest, version: string): void {
  const [service, traffic] = [before.get('service'), before.get('traffic')]
  if (service?.['version'] === version && traffic?.['blocked'] === 'no') return
  const seen = JSON.stringify({ ...service, ...traffic })
  throw new SeatrialError('SEATRIAL_DRILL_NOT_READY', `${version} does not serve before the upgrade: ${seen}`, {
    mend: 'Start the image module-host by hand and look at /run/app.log.',
    because: 'setup',
  })
}
