import { rule } from '../../kernel/index.ts'
import { known, notTold } from '../live/live-host.ts'
import { bootup } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const dataSameGone = rule({
  id: 'boot/data-same-gone',
  level: 'error',
  reference: bootup,
  says: ({ path, files }: { path: string; files: number }) =>
    `Before the boot ${path} held ${files} files, and afterwards none.`,
  wants: 'Data is there after a boot.',
  remedy: 'Look what is mounted there: an empty folder of the root, or another file system, lies over it.',
})

export const dataSameChanged = rule({
  id: 'boot/data-same-changed',
  level: 'error',
  reference: bootup,
  says: ({ path, before, after }: { path: string; before: number; after: number }) =>
    `${path} is not what it was before the boot: names, modes, owners or contents differ (${before} files, then ${after}).`,
  wants: 'Data is the same before and after a boot.',
  remedy: 'Look what is mounted there, what was written without fsync, and what writes to it while the host boots.',
})

/** Declared data is the same after the boot, bit by bit, with its modes and owners. */
export const dataSame = liveCheck({
  id: 'boot/data-same',
  rules: [dataSameGone, dataSameChanged],
  applies: ({ declared }) => declared.data.length > 0,
  *run(given) {
    if (given.declared.data.length === 0) return
    if (given.before === undefined) throw notTold('whether data is the same', 'nobody looked before the boot')
    const first = known(given.before.data, 'data before the boot')
    const now = known(hostAfter(given).data, 'data after the boot')
    for (const path of given.declared.data) {
      const [before, after] = [first.find((each) => each.path === path), now.find((each) => each.path === path)]
      if (before?.sha256 === undefined) throw notTold(`whether ${path} is the same`, 'it was not there before the boot')
      if (before.sha256 === after?.sha256) continue
      const empty = after?.sha256 === undefined || (after.files === 0 && before.files > 0)
      if (empty) yield dataSameGone.at(path, { path, files: before.files })
      else yield dataSameChanged.at(path, { path, before: before.files, after: after.files })
    }
  },
  examples: [
    {
      title: 'the same',
      given: lived({
        declared: { data: ['/srv/data'] },
        after: { data: [{ path: '/srv/data', sha256: 'a', files: 3 }] },
      }),
      yields: [],
    },
    {
      title: 'an empty file system lies over it',
      given: lived({
        declared: { data: ['/srv/data'] },
        before: { data: [{ path: '/srv/data', sha256: 'a', files: 3 }] },
        after: { data: [{ path: '/srv/data', sha256: 'b', files: 0 }] },
      }),
      yields: [dataSameGone],
    },
    {
      title: 'a file has another owner',
      given: lived({
        declared: { data: ['/srv/data'] },
        before: { data: [{ path: '/srv/data', sha256: 'a', files: 3 }] },
        after: { data: [{ path: '/srv/data', sha256: 'b', files: 3 }] },
      }),
      yields: [dataSameChanged],
    },
  ],
})
