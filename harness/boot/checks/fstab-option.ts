import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { mountUnits } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const fstabOptionUnknown = rule({
  id: 'boot/fstab-option-unknown',
  level: 'error',
  reference: mountUnits,
  says: ({ line, option }: { line: number; option: string }) =>
    `Line ${line} of /etc/fstab has the option ${option}, which systemd does not know and passes over.`,
  wants: 'An option that is spelt as the manual has it.',
  remedy: 'Look it up in systemd.mount(5) or systemd.swap(5).',
})

/** What fstab may say to systemd: systemd.mount(5), systemd.swap(5), systemd-fstab-generator(8). */
const known = new Set(
  [
    'after automount before device-bound device-timeout growfs idle-timeout makefs mount-timeout pcrfs pcrfs-hash',
    'requires requires-mounts-for rw-only validatefs wanted-by wants-mounts-for required-by',
  ].flatMap((names) => names.split(' ')),
)

/** Options that systemd reads: one that is misspelt is passed over without a word. */
export const fstabOption = staticCheck({
  id: 'boot/fstab-option',
  rules: [fstabOptionUnknown],
  *run({ files }) {
    for (const { line, options } of files.fstab?.lines ?? []) {
      for (const { name } of options) {
        if (/^(?:x-)?systemd\./.test(name) && !known.has(name.replace(/^(?:x-)?systemd\./, ''))) {
          yield fstabOptionUnknown.at(`/etc/fstab:${line}`, { line, option: name })
        }
      }
    }
  },
  examples: [
    {
      title: 'spelt right',
      given: sketch({ fstab: 'UUID=1 /x ext4 nofail,x-systemd.device-timeout=5s 0 2\n' }),
      yields: [],
    },
    {
      title: 'misspelt',
      given: sketch({ fstab: 'UUID=1 /x ext4 nofail,x-systemd.device-timout=5s 0 2\n' }),
      yields: [fstabOptionUnknown],
    },
  ],
})
