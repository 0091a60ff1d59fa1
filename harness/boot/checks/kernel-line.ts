import { rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { chosenEntry, defaultArguments } from '../host/grub.ts'
import { kernelParameters } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const kernelLineElsewhere = rule({
  id: 'boot/kernel-line-elsewhere',
  level: 'error',
  reference: kernelParameters,
  says: ({ where, argument, what }: { where: string; argument: string; what: string }) =>
    `${where} tells the kernel ${argument}: ${what}.`,
  wants: 'A command line that leads to the declared target.',
  remedy: 'Take the argument out of /etc/default/grub, then update-grub: it was meant for one boot.',
})

export const kernelLineRoot = rule({
  id: 'boot/kernel-line-root',
  level: 'error',
  reference: kernelParameters,
  says: ({ where }: { where: string }) => `${where} tells the kernel no root=.`,
  wants: 'The kernel is told where the root is.',
  remedy: 'update-grub.',
})

export const kernelLineResume = rule({
  id: 'boot/kernel-line-resume',
  level: 'warning',
  reference: kernelParameters,
  says: ({ where, argument }: { where: string; argument: string }) =>
    `${where} has ${argument}, and no swap of fstab is that: a boot waits half a minute for it.`,
  wants: 'The device to resume from is a swap that the host has, or none.',
  remedy: 'Correct it, or write RESUME=none into /etc/initramfs-tools/conf.d/resume; then update-initramfs -u.',
})

const shells = /^(?:rd)?init=(?:\/usr)?\/s?bin\/(?:sh|bash|dash|busybox|sulogin|ash)$/

/** What the kernel is told: an argument that was meant for one boot, and stayed. */
export const kernelLine = staticCheck({
  id: 'boot/kernel-line',
  rules: [kernelLineElsewhere, kernelLineRoot, kernelLineResume],
  *run({ declared, files }) {
    const entry = chosenEntry(files)
    const menu = entry && { where: `/boot/grub/grub.cfg:${entry.line}`, words: entry.arguments }
    if (menu !== undefined && !menu.words.some((each) => each.startsWith('root='))) {
      yield kernelLineRoot.at(menu.where, { where: menu.where })
    }
    for (const { where, words } of [...(menu === undefined ? [] : [menu]), ...defaultArguments(files.texts)]) {
      for (const argument of words) {
        const what = meaning(argument, declared)
        if (what !== undefined) yield kernelLineElsewhere.at(where, { where, argument, what })
        const [, swap] = /^resume=(\S+)$/.exec(argument) ?? []
        if (swap !== undefined && isNoSwap(swap, files)) yield kernelLineResume.at(where, { where, argument })
      }
    }
    const path = '/etc/initramfs-tools/conf.d/resume'
    const [, resume] = /^\s*RESUME=["']?([^"'\s]+)/m.exec(files.texts.get(path) ?? '') ?? []
    if (resume !== undefined && !/^(?:none|auto)$/.test(resume) && isNoSwap(resume, files)) {
      yield kernelLineResume.at(path, { where: path, argument: `RESUME=${resume}` })
    }
  },
  examples: [
    { title: 'no boot menu', given: sketch(), yields: [] },
    { title: 'as an installer leaves it', given: told('root=UUID=1 ro quiet'), yields: [] },
    { title: 'rescue mode', given: told('root=UUID=1 ro systemd.unit=rescue.target'), yields: [kernelLineElsewhere] },
    { title: 'single', given: told('root=UUID=1 ro single'), yields: [kernelLineElsewhere] },
    {
      title: 'a shell in the place of init',
      given: told('root=UUID=1 rw init=/bin/bash'),
      yields: [kernelLineElsewhere],
    },
    { title: 'hardly any memory', given: told('root=UUID=1 ro mem=16M'), yields: [kernelLineElsewhere] },
    { title: 'no root', given: told('ro quiet'), yields: [kernelLineRoot] },
    {
      title: 'a swap that is gone',
      given: told('root=UUID=1 ro resume=UUID=9', { fstab: 'UUID=8 none swap sw 0 0\n' }),
      yields: [kernelLineResume],
    },
    {
      title: 'left in the defaults for the next update-grub',
      given: told('root=UUID=1 ro', { texts: { '/etc/default/grub': 'GRUB_CMDLINE_LINUX="fstab=no"\n' } }),
      yields: [kernelLineElsewhere],
    },
  ],
})

function meaning(argument: string, declared: StaticObservation['declared']): string | undefined {
  if (shells.test(argument)) return 'a shell is started in the place of init'
  if (/^(?:single|s|S|1|rescue|systemd\.unit=rescue\.target)$/.test(argument)) return 'the boot ends in rescue mode'
  if (/^(?:emergency|-b|systemd\.unit=emergency\.target)$/.test(argument)) return 'the boot ends in emergency mode'
  if (/^(?:break|rd\.break)(?:=|$)/.test(argument)) return 'the initrd stops for somebody at the console'
  if (/^mem=(?:\d{1,7}|\d{1,5}K|[1-5]?\dM)$/i.test(argument)) return 'that is less memory than a boot takes'
  if (/^(?:rd\.)?fstab=(?:no|0|off)$/.test(argument)) return 'fstab is not read'
  if (/^(?:luks|rd\.luks)=(?:no|0)$/.test(argument)) return 'crypttab is not read'
  const [, unit] = /^systemd\.unit=(.+)$/.exec(argument) ?? []
  if (unit !== undefined && unit !== declared.target && unit !== 'graphical.target') return `the boot leads to ${unit}`
  const [, masked] = /^systemd\.mask=(.+)$/.exec(argument) ?? []
  const needed = [...declared.services.map((each) => each.unit), ...declared.timers]
  return masked !== undefined && needed.includes(masked) ? `${masked} is masked` : undefined
}

/** A file to resume from, and a volume, are not told by fstab alone. */
function isNoSwap(name: string, { fstab }: StaticObservation['files']): boolean {
  const swaps = (fstab?.lines ?? []).filter(({ type }) => type === 'swap')
  const same = swaps.some(({ spec }) => spec.replaceAll('"', '').toLowerCase() === name.toLowerCase())
  const comparable = swaps.every(({ spec }) => spec.startsWith('UUID='))
  return name.startsWith('UUID=') && comparable && !same
}

function told(line: string, rest: Parameters<typeof sketch>[0] = {}) {
  const entry = {
    title: 'Debian',
    linux: '/vmlinuz-6.1',
    initrd: '/initrd.img-6.1',
    arguments: line.split(' '),
    line: 1,
  }
  return sketch({ boot: { entries: [entry] }, ...rest })
}
