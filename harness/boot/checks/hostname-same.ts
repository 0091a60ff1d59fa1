import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { hostnameManual } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const hostnameSameOther = rule({
  id: 'boot/hostname-same-other',
  level: 'error',
  reference: hostnameManual,
  says: ({ name, declared }: { name: string; declared: string }) =>
    `After the boot the host is called ${name}, and ${declared} is declared.`,
  wants: 'The host has the declared name after a boot.',
  remedy: 'Write it into /etc/hostname (hostnamectl set-hostname): the command hostname lasts until the reboot.',
})

export const hostnameSameChanged = rule({
  id: 'boot/hostname-same-changed',
  level: 'error',
  reference: hostnameManual,
  says: ({ before, after }: { before: string; after: string }) =>
    `The host was called ${before} before the boot, and ${after} afterwards.`,
  wants: 'A host keeps its name: arrays, certificates and clusters go by it.',
  remedy: 'Write the name that is meant into /etc/hostname, or declare it as hostname.',
})

/** The host keeps its name. */
export const hostnameSame = liveCheck({
  id: 'boot/hostname-same',
  rules: [hostnameSameOther, hostnameSameChanged],
  *run(given) {
    const { declared, before } = given
    const { kernel } = known(hostAfter(given).hostname, 'the name of the host')
    if (declared.hostname !== undefined) {
      if (kernel !== declared.hostname)
        yield hostnameSameOther.at('hostname', { name: kernel, declared: declared.hostname })
      return
    }
    const was = before !== undefined && 'known' in before.hostname ? before.hostname.known.kernel : undefined
    if (was !== undefined && was !== kernel) yield hostnameSameChanged.at('hostname', { before: was, after: kernel })
  },
  examples: [
    { title: 'the same', given: lived({ declared: { hostname: 'host' } }), yields: [] },
    {
      title: 'nobody declared one, and nobody looked before',
      given: lived({ before: null }),
      yields: [],
    },
    {
      title: 'not the declared one',
      given: lived({ declared: { hostname: 'web-1' } }),
      yields: [hostnameSameOther],
    },
    {
      title: 'set by hand before the boot',
      given: lived({ before: { hostname: { kernel: 'web-1', file: 'host' } } }),
      yields: [hostnameSameChanged],
    },
  ],
})
