import { rule } from '../../kernel/index.ts'
import { known } from '../live/live-host.ts'
import { sysctlFiles } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { lived } from '../testing/lived.ts'

export const sysctlLiveOther = rule({
  id: 'boot/sysctl-live-other',
  level: 'error',
  reference: sysctlFiles,
  says: ({ name, value, declared }: { name: string; value: string; declared: string }) =>
    `After the boot ${name} is ${value}, and ${declared} is declared.`,
  wants: 'Each declared setting of the kernel has its value after a boot.',
  remedy: 'Write it into a file of /etc/sysctl.d: sysctl -w lasts until the reboot.',
})

/** Settings of the kernel are as declared. */
export const sysctlLive = liveCheck({
  id: 'boot/sysctl-live',
  rules: [sysctlLiveOther],
  applies: ({ declared }) => Object.keys(declared.kernel).length > 0,
  *run(given) {
    for (const [name, declared] of Object.entries(given.declared.kernel)) {
      const value = known(hostAfter(given).kernel, 'settings of the kernel')[name]
      if (value === declared.trim().replaceAll(/\s+/g, ' ')) continue
      yield sysctlLiveOther.at(name, { name, value: value ?? 'not there', declared })
    }
  },
  examples: [
    {
      title: 'as declared, blanks apart',
      given: lived({
        declared: { kernel: { 'net.ipv4.tcp_rmem': '4096  131072 6291456' } },
        after: { kernel: { 'net.ipv4.tcp_rmem': '4096 131072 6291456' } },
      }),
      yields: [],
    },
    {
      title: 'set by hand, and gone',
      given: lived({
        declared: { kernel: { 'vm.swappiness': '10' } },
        before: { kernel: { 'vm.swappiness': '10' } },
        after: { kernel: { 'vm.swappiness': '60' } },
      }),
      yields: [sysctlLiveOther],
    },
  ],
})
