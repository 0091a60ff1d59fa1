import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { temporaryFiles } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const temporaryLiveKept = rule({
  id: 'boot/temporary-live-kept',
  level: 'error',
  reference: temporaryFiles,
  says: ({ path, names }: { path: string; names: string }) => `After the boot ${path} is not empty: ${names}.`,
  wants: 'What is declared temporary is empty after a boot, so that nobody comes to rely on what lies there.',
  remedy: 'Put it on a tmpfs, or have systemd-tmpfiles empty it at boot (D! in tmpfiles.d).',
})

/** systemd's and X's own, made anew at every boot. */
const madeByBoot = /^(?:systemd-private-.*|\.(?:X11|ICE|XIM|font|Test)-unix)$/

/** Temporary storage is empty. */
export const temporaryLive = liveCheck({
  id: 'boot/temporary-live',
  rules: [temporaryLiveKept],
  applies: ({ declared }) => declared.temporary.length > 0,
  *run(given) {
    for (const path of given.declared.temporary) {
      const names = known(hostAfter(given).temporary, 'temporary storage')[path] ?? []
      const kept = names.filter((name) => !madeByBoot.test(name))
      if (kept.length > 0) yield temporaryLiveKept.at(path, { path, names: kept.slice(0, 5).join(', ') })
    }
  },
  examples: [
    {
      title: 'empty',
      given: lived({ declared: { temporary: ['/tmp'] }, after: { temporary: { '/tmp': ['.X11-unix'] } } }),
      yields: [],
    },
    {
      title: 'a file of before',
      given: lived({ declared: { temporary: ['/tmp'] }, after: { temporary: { '/tmp': ['upload.bin'] } } }),
      yields: [temporaryLiveKept],
    },
  ],
})
