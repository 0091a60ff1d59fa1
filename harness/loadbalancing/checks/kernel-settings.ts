import { rule } from '../../kernel/index.ts'
import { balancerProbe, notAsked } from '../balancer-probe.ts'
import { readSettings } from '../bench/kernel-file.ts'
import { kernelNetworking, sysctlManual } from '../references.ts'

export const kernelSettingsDiffers = rule({
  id: 'loadbalancing/kernel-settings-differs',
  level: 'error',
  reference: sysctlManual,
  says: ({ name, wanted, is }: { name: string; wanted: string; is: string }) =>
    `${name} is ${is}, and the file says ${wanted}.`,
  wants: 'The kernel under the balancer is set as the file of its settings says.',
  remedy: 'Load the file (sysctl --system), and look for another one that sets the same name later.',
})

export const kernelSettingsGone = rule({
  id: 'loadbalancing/kernel-settings-gone',
  level: 'error',
  reference: kernelNetworking,
  says: ({ name, since }: { name: string; since: string }) =>
    `${name} is no setting of Linux any more, since ${since}.`,
  wants: 'A file of kernel settings names settings that the kernel has.',
  remedy: 'Take the line out: it does nothing, and hides that somebody relied on it.',
  inherent: true,
})

export const kernelSettingsUnseen = rule({
  id: 'loadbalancing/kernel-settings-unseen',
  level: 'info',
  reference: kernelNetworking,
  says: ({ name, wanted }: { name: string; wanted: string }) =>
    `${name} cannot be seen inside of a container; whether it is ${wanted} was not looked at.`,
  wants: 'Each setting was looked at where it holds.',
  remedy: 'Declare it for a machine of the boot practice, which has a kernel of its own: declared.kernel.',
})

/** Settings that the kernel once had, and the version that took them out. */
const gone: Readonly<Record<string, string>> = {
  'net.ipv4.tcp_tw_recycle': '4.12',
  'net.ipv4.tcp_low_latency': '4.14',
  'net.ipv4.tcp_max_ssthresh': '2.6.37',
}

export interface KernelSeen {
  readonly file: string
  readonly settings: readonly {
    readonly name: string
    readonly line: number
    readonly wanted: string
    /** Undefined when the container has no such name. */
    readonly is: string | undefined
  }[]
}

/** Each setting of the file, read back from the kernel under the balancer. */
export const kernelSettings = balancerProbe({
  id: 'loadbalancing/kernel-settings',
  rules: [kernelSettingsDiffers, kernelSettingsGone, kernelSettingsUnseen],
  still: true,
  expects: ({ expect: { kernel: file } }) =>
    file === undefined ? notAsked('no file of kernel settings is named (expect.kernel)') : { file },
  async gather({ balancer }, { file }) {
    return { file, settings: await readSettings(balancer.container, file) }
  },
  *run({ file, settings }: KernelSeen) {
    for (const { name, line, wanted, is } of settings) {
      const place = `${file}:${line}`
      const since = gone[name]
      if (is === undefined) {
        if (since === undefined) yield kernelSettingsUnseen.at(place, { name, wanted })
        else yield kernelSettingsGone.at(place, { name, since })
      } else if (is !== wanted) yield kernelSettingsDiffers.at(place, { name, wanted, is })
    }
  },
  examples: [
    {
      title: 'as it says',
      given: {
        file: '/etc/sysctl.conf',
        settings: [{ name: 'net.core.somaxconn', line: 1, wanted: '4096', is: '4096' }],
      },
      yields: [],
    },
    {
      title: 'another number, one that is no more, and one of the host alone',
      given: {
        file: '/etc/sysctl.conf',
        settings: [
          { name: 'net.core.somaxconn', line: 1, wanted: '4096', is: '128' },
          { name: 'net.ipv4.tcp_tw_recycle', line: 2, wanted: '1', is: undefined },
          { name: 'net.core.netdev_max_backlog', line: 3, wanted: '5000', is: undefined },
        ],
      },
      yields: [kernelSettingsDiffers, kernelSettingsGone, kernelSettingsUnseen],
    },
  ],
})
