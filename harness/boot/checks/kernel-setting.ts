import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { isBuiltIn, loadedAtBoot } from '../host/modules.ts'
import type { TextLine, Texts } from '../host/texts.ts'
import { fragments, linesOf } from '../host/texts.ts'
import { sysctlManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const kernelSettingAbsent = rule({
  id: 'boot/kernel-setting-absent',
  level: 'error',
  reference: sysctlManual,
  says: ({ setting, value }: { setting: string; value: string }) =>
    `${setting} = ${value} is declared, and no file of sysctl.d sets it: after a boot the kernel has its own value.`,
  wants: 'Each declared setting stands in a file.',
  remedy: 'Write it into /etc/sysctl.d/60-own.conf: sysctl -w lasts until the reboot.',
})

export const kernelSettingOther = rule({
  id: 'boot/kernel-setting-other',
  level: 'error',
  reference: sysctlManual,
  says: ({ setting, value, where, found }: { setting: string; value: string; where: string; found: string }) =>
    `${where} sets ${setting} to ${found} last, and ${value} is declared.`,
  wants: 'The declared value is the one that is read last.',
  remedy: 'Correct it there, or give your file a name that comes later.',
})

export const kernelSettingSyntax = rule({
  id: 'boot/kernel-setting-syntax',
  level: 'error',
  reference: sysctlManual,
  says: ({ where, text }: { where: string; text: string }) => `${where} is no setting: ${text}.`,
  wants: 'name = value.',
  remedy: 'Correct the line; the others of the file are read all the same.',
})

export const kernelSettingUnread = rule({
  id: 'boot/kernel-setting-unread',
  level: 'error',
  reference: sysctlManual,
  says: ({ setting }: { setting: string }) =>
    `${setting} stands in /etc/sysctl.conf alone, which systemd does not read: no link in /etc/sysctl.d leads to it.`,
  wants: 'Settings stand in /etc/sysctl.d.',
  remedy: 'Move it into /etc/sysctl.d/60-own.conf.',
})

export const kernelSettingModule = rule({
  id: 'boot/kernel-setting-module',
  level: 'error',
  reference: sysctlManual,
  says: ({ setting, where, module }: { setting: string; where: string; module: string }) =>
    `${where} sets ${setting}, which the kernel has once the module ${module} is loaded, and nothing loads it before.`,
  wants: 'The module is there when settings are made.',
  remedy: 'Name the module in a file of /etc/modules-load.d.',
})

/** Settings that come with a module, by how they begin. */
const comesWith: readonly (readonly [string, string])[] = [
  ['net.bridge.', 'br_netfilter'],
  ['net.netfilter.nf_conntrack_', 'nf_conntrack'],
  ['net.nf_conntrack_max', 'nf_conntrack'],
]
const folders = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d']
/** What kernels have by themselves: to declare it needs no file. */
const defaults: Readonly<Record<string, string>> = {
  'net.ipv4.ip_forward': '0',
  'net.ipv6.conf.all.forwarding': '0',
  'net.ipv6.conf.all.disable_ipv6': '0',
  'net.ipv6.conf.default.disable_ipv6': '0',
  'vm.swappiness': '60',
  'vm.overcommit_memory': '0',
  'net.core.somaxconn': '4096',
  'net.ipv4.tcp_syncookies': '1',
  'vm.max_map_count': '65530',
  'kernel.panic': '0',
}

/** Settings of the kernel: what no file says is gone after a boot. */
export const kernelSetting = staticCheck({
  id: 'boot/kernel-setting',
  rules: [kernelSettingAbsent, kernelSettingOther, kernelSettingSyntax, kernelSettingUnread, kernelSettingModule],
  *run({ declared, files: { texts } }) {
    const lines = fragments(texts, folders).flatMap((path) => linesOf(texts, path))
    for (const { path, line, text } of lines) {
      // A name alone behind a hyphen takes it out of a pattern.
      if (!path.startsWith('/etc/') || text.includes('=') || /^-\S+$/.test(text)) continue
      yield kernelSettingSyntax.at(`${path}:${line}`, { where: `${path}:${line}`, text: text.slice(0, 100) })
    }
    const old = settingsOf(linesOf(texts, '/etc/sysctl.conf'))
    const set = settingsOf(lines)
    for (const [setting, value] of Object.entries(declared.kernel)) {
      const own = set.findLast((each) => matches(each.name, dotted(setting)))
      if (own !== undefined && plain(own.value) !== plain(value)) {
        yield kernelSettingOther.at(own.where, { setting, value, where: own.where, found: own.value })
      }
      const module = comesWith.find(([start]) => dotted(setting).startsWith(start))?.[1]
      if (own !== undefined && module !== undefined && !isThere(texts, module)) {
        yield kernelSettingModule.at(own.where, { setting, where: own.where, module })
      }
      if (own !== undefined || defaults[dotted(setting)] === plain(value)) continue
      const unread = old.some(({ name }) => name === dotted(setting))
      if (unread) yield kernelSettingUnread.at('/etc/sysctl.conf', { setting })
      else yield kernelSettingAbsent.at(setting, { setting, value })
    }
  },
  examples: [
    { title: 'set by a file', given: declaring({ '/etc/sysctl.d/9.conf': 'vm/max_map_count=262144\n' }), yields: [] },
    {
      title: 'what a kernel has anyway',
      given: sketch({ declared: { kernel: { 'vm.swappiness': '60' } } }),
      yields: [],
    },
    { title: 'set by hand', given: declaring({}), yields: [kernelSettingAbsent] },
    {
      title: 'undone by a later file',
      given: declaring({
        '/etc/sysctl.d/1.conf': 'vm.max_map_count = 262144\n',
        '/usr/lib/sysctl.d/9.conf': 'vm.max_map_count=65530\n',
      }),
      yields: [kernelSettingOther],
    },
    {
      title: 'no equals sign',
      given: sketch({ texts: { '/etc/sysctl.d/9.conf': 'vm.swappiness 10\n' } }),
      yields: [kernelSettingSyntax],
    },
    {
      title: 'its module is loaded, or is part of the kernel',
      given: sketch({
        declared: { kernel: { 'net.netfilter.nf_conntrack_max': '9', 'net.bridge.bridge-nf-call-iptables': '1' } },
        texts: {
          '/etc/sysctl.d/9.conf': 'net.netfilter.nf_conntrack_max=9\nnet.bridge.bridge-nf-call-iptables=1\n',
          '/etc/modules-load.d/own.conf': 'nf_conntrack\n',
          '/lib/modules/6.1/modules.builtin': 'kernel/net/bridge/br_netfilter.ko\n',
        },
      }),
      yields: [],
    },
    {
      title: 'its module is loaded by nobody',
      given: sketch({
        declared: { kernel: { 'net.bridge.bridge-nf-call-iptables': '1' } },
        texts: { '/etc/sysctl.d/9.conf': 'net.bridge.bridge-nf-call-iptables = 1\n' },
      }),
      yields: [kernelSettingModule],
    },
    {
      title: 'in a file that nobody reads',
      given: declaring({ '/etc/sysctl.conf': 'vm.max_map_count=262144\n' }),
      yields: [kernelSettingUnread],
    },
  ],
})

/** Whether a module is loaded before settings are made, or settings are made once more when it is. */
function isThere(texts: Texts, module: string): boolean {
  const udev = [...texts].some(([path, text]) => path.startsWith('/etc/udev/rules.d/') && text.includes(module))
  return udev || loadedAtBoot(texts).has(module) || isBuiltIn(texts, module)
}

interface Setting {
  readonly name: string
  readonly value: string
  readonly where: string
}

function settingsOf(lines: readonly TextLine[]): readonly Setting[] {
  return lines.flatMap(({ path, line, text }) => {
    const [, name, value] = /^-?([^=\s]+)\s*=\s*(.*)$/.exec(text) ?? []
    return name === undefined ? [] : [{ name: dotted(name), value: value ?? '', where: `${path}:${line}` }]
  })
}

/** Slashes stand for dots, and a whole name for itself. */
const dotted = (name: string): string => (/^[^.]*\//.test(name) ? name.replaceAll('/', '.') : name)
const plain = (value: string): string => value.trim().replaceAll(/\s+/g, ' ')
const matches = (pattern: string, name: string): boolean =>
  pattern === name ||
  (pattern.includes('*') &&
    new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '[^.]*')}$`).test(name))

function declaring(texts: Readonly<Record<string, string>>) {
  return sketch({ declared: { kernel: { 'vm.max_map_count': '262144' } }, texts })
}
