import { fileURLToPath } from 'node:url'
import { SeatrialError } from '../../kernel/index.ts'
import type { ContainerMachine } from '../../substrate/index.ts'
import { buildImage, startContainer } from '../../substrate/index.ts'
import type { DrillContext } from '../drill.ts'
import type { Manifest } from '../manifest/compare.ts'
import { compareManifests } from '../manifest/compare.ts'
import { treeManifest } from '../manifest/tree.ts'
import type { Attempt, Seen, Witnessed } from '../seen.ts'
import type { AttemptOptions } from './attempt.ts'
import { attemptFor, install, stepsOf } from './attempt.ts'
import { must } from './must.ts'
import { canary } from './repository.ts'

/** Where a host with files has what, and what a script of this kind finds in its environment. */
export const places = {
  SOURCE: '/srv/data',
  REPOSITORY: '/srv/repository',
  TARGET: '/srv/restored',
  TMPDIR: '/tmp',
  HOME: '/root',
  PASSPHRASE: 'a fair wind and a following sea',
} as const

const MiB = 2 ** 20

export interface FilesOptions {
  /** Bytes of temporary space, as the real machine has them. */
  readonly temporaryBytes?: number
  /** Bytes that fit where things are restored to. */
  readonly targetBytes?: number
  /** Bytes of the one large file. */
  readonly largeBytes?: number
}

/** A host with files to lose. Verbs: `backup` (again for what changed since) and `restore` (with `AT`, as it was then). */
export interface FilesBench extends AsyncDisposable {
  readonly host: ContainerMachine
  /** Changes some of the files, adds and removes others; gives the seconds since the epoch between before and after. */
  readonly change: (options?: { readonly addedBytes?: number }) => Promise<number>
  /** What is there now: the truth that a restore is held against. */
  readonly remember: () => Promise<Manifest>
  /** A full backup, changes, and an increment; gives what must come back. */
  readonly backUpTwice: (options?: AttemptOptions) => Promise<Manifest>
  readonly backUp: (options?: AttemptOptions) => Promise<Attempt>
  /** The host burns down: files, home and temporary folder are gone, the repository stays. RTO counts from here. */
  readonly lose: () => Promise<void>
  /**
   * Ended after 90 s when nothing else is said: some tools try a full disk for two minutes. Where no backup said that it
   * was done, nothing is restored, and the backup is the last that was tried.
   */
  readonly restore: (options?: AttemptOptions) => Promise<Attempt>
  readonly steps: () => Promise<readonly string[]>
  /** Compares what came back and says what was seen. */
  readonly judge: (
    truth: Manifest,
    possible: Seen['possible'],
    witnessed?: readonly Witnessed[],
  ) => Promise<Omit<Seen, 'drill' | 'procedure'>>
}

const image = new URL('../../../fixtures/images/backup', import.meta.url)

/** @throws SeatrialError as `startContainer`, `buildImage` */
export async function filesBench(context: DrillContext, options: FilesOptions = {}): Promise<FilesBench> {
  const { script, run, signal, progress } = context
  const { temporaryBytes = 512 * MiB, targetBytes = 512 * MiB, largeBytes = 24 * MiB } = options
  const host = await startContainer(
    {
      name: 'host',
      image: await buildImage(fileURLToPath(image), { progress, signal }),
      command: ['sleep', 'infinity'],
      tmpfs: { [places.TMPDIR]: temporaryBytes, [places.TARGET]: targetBytes },
    },
    run,
    { signal },
  )
  const attempts: Attempt[] = []
  let lostAt: number | undefined
  let backAfterMs: number | undefined
  const call = async (verb: string, given: AttemptOptions = {}): Promise<Attempt> => {
    const told = await attemptFor(context, host, verb, places, { deadlineSeconds: 90, ...given })
    if (given.stopBefore !== undefined && told.said !== 'interrupted') throw notInterrupted(told, given.stopBefore)
    attempts.push(told)
    return told
  }
  await install(host, script)
  await must(host, `mkdir -p ${places.SOURCE} ${places.REPOSITORY}\n${plant(largeBytes)}`)
  const bench: FilesBench = {
    host,
    async change({ addedBytes = 0 } = {}) {
      // Tools tell times apart by whole seconds: the one that is asked for must lie between the two backups.
      const between = Number(await must(host, `${nextSecond}\ndate +%s\n${nextSecond}`))
      await must(host, `${alter}\nhead -c ${addedBytes} /dev/urandom >more/added.bin`)
      return between
    },
    remember: () => treeManifest(host, places.SOURCE),
    async backUpTwice(given) {
      await bench.backUp(given)
      await bench.change()
      const truth = await bench.remember()
      await bench.backUp(given)
      return truth
    },
    backUp: (given) => call('backup', { deadlineSeconds: 240, ...given }),
    async lose() {
      await must(host, `rm -rf ${places.SOURCE} ${places.HOME} ${places.TMPDIR}/*; mkdir -p ${places.HOME}`)
      lostAt = performance.now()
    },
    async restore(given) {
      const last = attempts.at(-1)
      // Nothing was saved: what the backup said is what there is to tell.
      if (last !== undefined && !attempts.some(({ said }) => said === 'done')) return last
      const told = await call('restore', given)
      if (told.said === 'done' && lostAt !== undefined) backAfterMs = Math.round(performance.now() - lostAt)
      return told
    },
    steps: () => stepsOf(host),
    async judge(truth, possible, witnessed = []) {
      const differences = compareManifests(truth, await treeManifest(host, places.TARGET))
      // The folder that is restored into belongs to whoever made it.
      const counted = differences.filter(({ key }) => key !== '.')
      const room = { temporaryBytes, targetBytes, neededBytes: bytesOf(truth) }
      const recoveryMs = counted.length === 0 ? backAfterMs : undefined
      return { possible, attempts, differences: counted, entries: truth.size - 1, recoveryMs, room, witnessed }
    },
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  }
  return bench
}

function notInterrupted({ verb, said }: Attempt, stopBefore: number): SeatrialError {
  return new SeatrialError(
    'SEATRIAL_NOT_INTERRUPTED',
    `${verb} was to be killed before its command ${stopBefore}, and was ${said} without`,
    { mend: 'Only commands of a bash script can be counted; let its first line name bash.', because: 'unsupported' },
  )
}

const bytesOf = (manifest: Manifest): number =>
  [...manifest.values()].reduce((sum, { bytes = '0' }) => sum + Number(bytes), 0)

// The second that is asked for is over before anything else happens in it.
const nextSecond = 'now=$(date +%s); until [ "$(date +%s)" -gt "$now" ]; do sleep 0.02; done'

/** Files as they really are: odd names, modes, owners, times, links, an empty folder, and one that is large. */
const plant = (largeBytes: number): string => `cd ${places.SOURCE}
mkdir -p config/private empty 'name with space' logs
echo 'listen 8080' >config/server.conf
echo '${canary}' >config/private/key; chmod 600 config/private/key; chmod 700 config/private
chown -R 1000:1000 config/private
printf 'x' >'name with space/line
break'; printf 'y' >'name with space/ümlaut'; printf 'z' >"name with space/"$'\\xff'
printf '#!/bin/sh\\n' >run.sh; chmod 4755 run.sh
ln -s config/server.conf link; ln -s /nowhere dangling; ln config/server.conf hard
: >logs/empty.log; seq 1 20000 >logs/access.log
head -c ${largeBytes} /dev/urandom >large.bin
truncate -s 1M sparse.bin
chgrp 33 logs; chmod 2775 logs
setfacl -m u:1000:r run.sh; setfacl -d -m g:33:rx config
# Not every kernel keeps these on a disk in memory, which is what files come back to here.
if : >${places.TARGET}/try && setfattr -n user.try -v 1 ${places.TARGET}/try; then
  setfattr -n user.origin -v 'the north quay' run.sh; setfattr -n user.kind -v x 'name with space'
fi 2>/dev/null
rm ${places.TARGET}/try
touch -h -d '2001-02-03 04:05:06' link config/server.conf; touch -d '2020-02-29 12:00:00' logs empty`

const alter = `cd ${places.SOURCE}
echo 'listen 9090' >config/server.conf
rm -f logs/empty.log; mkdir -p more; echo new >more/file
chmod 640 run.sh; seq 1 30000 >logs/access.log
printf 'changed' | dd of=large.bin bs=1 seek=4096 conv=notrunc status=none`
