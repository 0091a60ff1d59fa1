import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { fragments, linesOf } from '../host/texts.ts'
import { hasOption } from '../fstab/parse.ts'
import { unitManual } from '../references.ts'
import { sketch } from '../testing/observed.ts'

export const systemConfShort = rule({
  id: 'boot/system-conf-short',
  level: 'error',
  reference: unitManual,
  says: ({ where, setting, seconds, why }: { where: string; setting: string; seconds: number; why: string }) =>
    `${where} has ${setting} of ${seconds} s: ${why}.`,
  wants: 'Limits that a slow disk and a busy host stay within.',
  remedy: 'Leave the 90 s that systemd has by itself, and give single mounts a limit of their own.',
})

export const systemConfLine = rule({
  id: 'boot/system-conf-line',
  level: 'error',
  reference: unitManual,
  says: ({ where, text }: { where: string; text: string }) => `${where} is no setting of systemd: ${text}.`,
  wants: 'Name=value below [Manager].',
  remedy: 'Correct the line; systemd passes over it.',
})

const limits = ['DefaultTimeoutStartSec', 'DefaultDeviceTimeoutSec', 'DefaultTimeoutStopSec']

/** Limits of systemd that are too short for this host: everything works until it is busy, or a disk is lost. */
export const systemConf = staticCheck({
  id: 'boot/system-conf',
  rules: [systemConfShort, systemConfLine],
  *run({ declared, files: { texts, fstab } }) {
    const paths = ['/etc/systemd/system.conf', ...fragments(texts, ['/etc/systemd/system.conf.d'])]
    const arrays = declared.arrays.map(({ device }) => device)
    for (const { path, line, text } of paths.flatMap((each) => linesOf(texts, each))) {
      const where = `${path}:${line}`
      const [, setting = '', value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(text) ?? []
      if (setting === '' && !/^\[Manager\]$/.test(text))
        yield systemConfLine.at(where, { where, text: text.slice(0, 100) })
      const seconds = secondsOf(value)
      if (!limits.includes(setting) || seconds === undefined || seconds === 0) continue
      const raid = arrays.length > 0 && setting === 'DefaultDeviceTimeoutSec' && seconds < 40
      if (seconds < 5)
        yield systemConfShort.at(where, { where, setting, seconds, why: 'what takes longer is given up' })
      else if (raid) yield systemConfShort.at(where, { where, setting, seconds, why: degraded })
    }
    for (const each of fstab?.lines ?? []) {
      const limit = each.options.find(({ name }) => name === 'x-systemd.device-timeout')?.value
      const seconds = secondsOf(limit ?? '')
      if (seconds === undefined || seconds === 0 || hasOption(each, 'noauto')) continue
      const [where, setting] = [`/etc/fstab:${each.line}`, 'x-systemd.device-timeout']
      if (arrays.includes(each.spec) && seconds < 40)
        yield systemConfShort.at(where, { where, setting, seconds, why: degraded })
      else if (seconds < 1)
        yield systemConfShort.at(where, { where, setting, seconds, why: 'no disk is there so soon' })
    }
  },
  examples: [
    {
      title: 'as it came',
      given: sketch({ texts: { '/etc/systemd/system.conf': '[Manager]\n#DefaultTimeoutStartSec=90s\n' } }),
      yields: [],
    },
    {
      title: 'a second',
      given: sketch({ texts: { '/etc/systemd/system.conf': '[Manager]\nDefaultTimeoutStartSec=1s\n' } }),
      yields: [systemConfShort],
    },
    {
      title: 'shorter than a degraded array takes',
      given: sketch({
        declared: { arrays: [{ device: '/dev/md0' }] },
        fstab: '/dev/md0 /x ext4 x-systemd.device-timeout=10s 0 2\n',
      }),
      yields: [systemConfShort],
    },
    {
      title: 'no setting',
      given: sketch({ texts: { '/etc/systemd/system.conf.d/a.conf': '[Manager]\nDefaultTimeoutStartSec\n' } }),
      yields: [systemConfLine],
    },
  ],
})

const degraded = 'an array that has lost a disk is started after 30 s, and given up before'

function secondsOf(value: string): number | undefined {
  const units: Readonly<Record<string, number>> = { '': 1, s: 1, sec: 1, ms: 0.001, min: 60, m: 60, h: 3600 }
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(value.trim()) ?? []
  const factor = units[unit]
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor
}
