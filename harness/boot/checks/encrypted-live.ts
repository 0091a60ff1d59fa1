import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { crypttabManual } from '../references.ts'
import { lived } from '../testing/lived.ts'
import { volumeThing } from '../things.ts'

export const encryptedLiveClosed = rule({
  id: 'boot/encrypted-live-closed',
  level: 'error',
  reference: crypttabManual,
  says: ({ name }: { name: string }) => `After the boot there is no /dev/mapper/${name}: the volume was not opened.`,
  wants: 'Each declared volume opens with nobody at the console.',
  about: ({ name }) => volumeThing(name),
  remedy: 'Look at its line of crypttab, whether its key file is there, and for the root whether the initramfs has it.',
})

/** Encrypted volumes are open. */
export const encryptedLive = liveCheck({
  id: 'boot/encrypted-live',
  rules: [encryptedLiveClosed],
  applies: ({ declared }) => declared.encrypted.length > 0,
  *run(given) {
    for (const { name } of given.declared.encrypted) {
      const open = known(hostAfter(given).mapped, 'names in /dev/mapper')
      if (!open.includes(name)) yield encryptedLiveClosed.at(name, { name })
    }
  },
  examples: [
    {
      title: 'open',
      given: lived({ declared: { encrypted: [{ name: 'vault' }] }, after: { mapped: ['vault'] } }),
      yields: [],
    },
    {
      title: 'its key is gone',
      given: lived({ declared: { encrypted: [{ name: 'vault' }] } }),
      yields: [encryptedLiveClosed],
    },
  ],
})
