import type { Rule } from '../../kernel/index.ts'
import { rule } from '../../kernel/index.ts'
import { plainConsole } from '../live/console.ts'
import { bootup } from '../live/references.ts'
import { liveCheck } from '../live-check.ts'
import { initramfs, mountUnits } from '../references.ts'
import { lived } from '../testing/lived.ts'

const says = ({ words }: { words: string }): string => `The console shows: ${words}`
const wants = 'The console of a boot shows nothing that somebody would have to act on.'

export const consoleWordsPanic = rule({
  id: 'boot/console-words-panic',
  level: 'error',
  reference: bootup,
  says,
  wants,
  remedy:
    'Read the lines above: a root that cannot be mounted, an init that is missing, an initrd that is not of this kernel.',
})
export const consoleWordsInitramfs = rule({
  id: 'boot/console-words-initramfs',
  level: 'error',
  reference: initramfs,
  says,
  wants,
  remedy: 'The initramfs did not find the root: its array, its key or its driver is not inside; update-initramfs -u.',
})
export const consoleWordsLoader = rule({
  id: 'boot/console-words-loader',
  level: 'error',
  reference: bootup,
  says,
  wants,
  remedy: 'Install the boot loader anew (grub-install, update-grub), on each disk that must boot alone.',
})
export const consoleWordsPassphrase = rule({
  id: 'boot/console-words-passphrase',
  level: 'error',
  reference: bootup,
  says,
  wants,
  remedy: 'Give the volume a key file that the initramfs carries: nobody sits at the console.',
})
export const consoleWordsEmergency = rule({
  id: 'boot/console-words-emergency',
  level: 'error',
  reference: mountUnits,
  says,
  wants,
  remedy: 'A mount without nofail did not come: correct its line, or make it nofail when the host can do without.',
})
export const consoleWordsLocked = rule({
  id: 'boot/console-words-locked',
  level: 'error',
  reference: bootup,
  says,
  wants,
  remedy: 'Give root a password, or sulogin --force: as it is, nobody gets in when the host needs it.',
})
export const consoleWordsTimeout = rule({
  id: 'boot/console-words-timeout',
  level: 'error',
  reference: mountUnits,
  says,
  wants,
  remedy: 'Correct the line of fstab or crypttab that names the device, or take it away.',
})
export const consoleWordsFsck = rule({
  id: 'boot/console-words-fsck',
  level: 'error',
  reference: bootup,
  says,
  wants,
  remedy: 'Run fsck by hand, and look why the file system was left in that state.',
})
export const consoleWordsFlood = rule({
  id: 'boot/console-words-flood',
  level: 'warning',
  reference: bootup,
  says: ({ characters, line }: { characters: number; line: string }) =>
    `The console was flooded with ${characters} characters; the last line is "${line}".`,
  wants: 'A boot tells what it does, and then is quiet.',
  remedy: 'Find what writes there: a service that restarts for ever, a driver that complains without end.',
})

type Words = Rule<`boot/console-words-${string}`, { words: string }>

const patterns = [
  [consoleWordsPanic, /Kernel panic - not syncing.*/],
  [consoleWordsInitramfs, /ALERT!.*|^\(initramfs\).*/m],
  [consoleWordsLoader, /^grub rescue>|^grub>|No bootable device.*/m],
  [consoleWordsPassphrase, /^.*(?:Please unlock disk|Please enter passphrase for disk).*/m],
  [
    consoleWordsEmergency,
    /You are in emergency mode.*|Give root password for maintenance.*|^.*Welcome to emergency mode.*/m,
  ],
  [consoleWordsLocked, /.*root account is locked.*/],
  [consoleWordsTimeout, /Timed out waiting for device .*/],
  [
    consoleWordsFsck,
    /.*(?:UNEXPECTED INCONSISTENCY|RUN fsck MANUALLY|Manual fsck required).*|^(?:Fix|Clear|Abort)<y>\?.*/im,
  ],
] as const satisfies readonly (readonly [Words, RegExp])[]

/** A boot of a usual host writes some 60 000 characters. */
const most = 2_000_000
/** Of a flood so much is read: its beginning, where the boot is, and its end. */
const read = 1_000_000

/** The console shows none of the words of a boot that went wrong, and is not flooded. */
export const consoleWords = liveCheck({
  id: 'boot/console-words',
  rules: [
    consoleWordsPanic,
    consoleWordsInitramfs,
    consoleWordsLoader,
    consoleWordsPassphrase,
    consoleWordsEmergency,
    consoleWordsLocked,
    consoleWordsTimeout,
    consoleWordsFsck,
    consoleWordsFlood,
  ],
  applies: ({ console }) => console !== '',
  *run({ console }) {
    const flooded = console.length > most
    const text = plainConsole(flooded ? `${console.slice(0, read)}\n${console.slice(-read)}` : console)
    for (const [words, pattern] of patterns) {
      const [found] = pattern.exec(text) ?? []
      if (found !== undefined) yield words.at('console', { words: found.trim().slice(0, 300) })
    }
    if (flooded) {
      const line = text.trimEnd().split('\n').at(-1)?.slice(-200) ?? ''
      yield consoleWordsFlood.at('console', { characters: console.length, line })
    }
  },
  examples: [
    {
      title: 'a boot as it should be',
      given: lived({ console: '[  OK  ] Reached target Multi-User System.\r\n\r\nhost login: ' }),
      yields: [],
    },
    {
      title: 'a kernel without a root',
      given: lived({
        console: '[    2.1] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
      }),
      yields: [consoleWordsPanic],
    },
    {
      title: 'the shell of the initramfs',
      given: lived({ console: 'ALERT!  /dev/mapper/croot does not exist.  Dropping to a shell!\r\n(initramfs) ' }),
      yields: [consoleWordsInitramfs],
    },
    {
      title: 'a boot loader',
      given: lived({ console: 'error: no such device\r\ngrub rescue> ' }),
      yields: [consoleWordsLoader],
    },
    {
      title: 'a volume that asks for its passphrase',
      given: lived({ console: '\r\nPlease unlock disk croot: ' }),
      yields: [consoleWordsPassphrase],
    },
    {
      title: 'emergency mode for a disk that never came, and root is locked',
      given: lived({
        console:
          '[\x1b[0;1;31m TIME \x1b[0m] Timed out waiting for device /dev/vdz.\r\nYou are in emergency mode. After logging in\r\n' +
          'Cannot open access to console, the root account is locked.\r\n',
      }),
      yields: [consoleWordsTimeout, consoleWordsEmergency, consoleWordsLocked],
    },
    {
      title: 'a file system that must be repaired by hand',
      given: lived({ console: '/dev/vda1: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.\r\n' }),
      yields: [consoleWordsFsck],
    },
    {
      title: 'a service that writes without end',
      given: lived({ console: 'tick\n'.repeat(500_000) }),
      yields: [consoleWordsFlood],
    },
  ],
})
