import { document, rule } from '../../kernel/index.ts'
import type { StaticObservation } from '../boot-check.ts'
import { staticCheck } from '../boot-check.ts'
import { letsIn, lvmConf, lvmLists } from '../host/lvm.ts'
import type { Sketch } from '../testing/observed.ts'
import { sketch } from '../testing/observed.ts'

const lvmManual = document('lvm.conf(5)', 'https://man7.org/linux/man-pages/man5/lvm.conf.5.html')

export const lvmActivationLeft = rule({
  id: 'boot/lvm-activation-left',
  level: 'error',
  reference: lvmManual,
  says: ({ line, list, group, target }: { line: number; list: string; group: string; target: string }) =>
    `Line ${line} of ${lvmConf} lets ${list} activate other groups only: ${group}, where ${target} is, stays as it is.`,
  wants: 'The group of each volume that is mounted at boot is activated.',
  remedy: 'Add the group to the list, or take the line away; then update-initramfs -u.',
})

export const lvmActivationHidden = rule({
  id: 'boot/lvm-activation-hidden',
  level: 'error',
  reference: lvmManual,
  says: ({ line, list, devices }: { line: number; list: string; devices: string }) =>
    `Line ${line} of ${lvmConf} sets a ${list} that rejects ${devices}: no volume of LVM is found on them.`,
  wants: 'A filter lets the disks and arrays of the host in.',
  remedy: 'Correct the pattern, try it with pvs, then update-initramfs -u.',
})

/** Volumes of LVM: found, and activated, by what lvm.conf says. */
export const lvmActivation = staticCheck({
  id: 'boot/lvm-activation',
  rules: [lvmActivationLeft, lvmActivationHidden],
  *run({ declared, files }) {
    const volumes = volumesIn(files)
    if (volumes.length === 0) return
    const devices = mayHold(declared)
    for (const { name, values, line } of lvmLists(files.texts)) {
      const at = `${lvmConf}:${line}`
      if (name === 'auto_activation_volume_list' || name === 'volume_list') {
        const left = volumes.find(
          ({ group }) => !values.some((each) => each.startsWith('@') || each.split('/')[0] === group),
        )
        if (left !== undefined) yield lvmActivationLeft.at(at, { line, list: name, ...left })
      }
      const shuts = (name === 'filter' || name === 'global_filter') && devices.length > 0
      if (shuts && !devices.some((device) => letsIn(values, device))) {
        yield lvmActivationHidden.at(at, { line, list: name, devices: devices.join(', ') })
      }
    }
  },
  examples: [
    {
      title: 'a comment, and a list with the group',
      given: host('# volume_list = [ "x" ]\nvolume_list = [ "data" ]'),
      yields: [],
    },
    { title: 'a filter that lets the disk in', given: host('global_filter = [ "a|^/dev/vd|", "r|.*|" ]'), yields: [] },
    { title: 'another group', given: host('auto_activation_volume_list = [ "vg0" ]'), yields: [lvmActivationLeft] },
    {
      title: 'a filter from another host',
      given: host('global_filter = [\n "a|^/dev/sda|",\n "r|.*|"\n ]'),
      yields: [lvmActivationHidden],
    },
    {
      title: 'a filter for the disk, and the volumes lie on an array',
      given: host('filter = [ "a|^/dev/vd|", "r|.*|" ]', {
        disks: [{ device: '/dev/vdb' }, { device: '/dev/vdb1', type: 'linux_raid_member' }],
        arrays: [{ device: '/dev/md0' }],
      }),
      yields: [lvmActivationHidden],
    },
    {
      title: 'no volume of LVM',
      given: sketch({ fstab: 'LABEL=a /srv ext4 rw 0 2\n', texts: { [lvmConf]: 'volume_list = [ "vg0" ]\n' } }),
      yields: [],
    },
  ],
})

/** Where volumes of LVM may lie: disks that are said to hold some, else what is not said to hold anything else. */
function mayHold({ disks = [], arrays }: StaticObservation['declared']): readonly string[] {
  const devicesOf = (type: string | undefined): string[] =>
    disks.flatMap((each) => (each.type === type && each.device !== undefined ? [each.device] : []))
  const members = devicesOf('LVM2_member')
  if (members.length > 0) return members
  // A disk with partitions holds nothing by itself.
  const whole = devicesOf(undefined).filter((one) => !disks.some(({ device }) => isPartition(device, one)))
  return [...whole, ...arrays.map(({ device }) => device)]
}

const isPartition = (device: string | undefined, disk: string): boolean =>
  device?.startsWith(disk) === true && /^p?\d+$/.test(device.slice(disk.length))

/** Lines of fstab on a volume of LVM: its group, and where it is mounted. */
function volumesIn({ fstab, crypttab }: StaticObservation['files']) {
  return (fstab?.lines ?? []).flatMap(({ spec, target }) => {
    const [, mapped] = /^\/dev\/mapper\/(.+)$/.exec(spec) ?? []
    if (mapped !== undefined && !crypttab.some(({ name }) => name === mapped)) {
      const [, group] = /^((?:[^-]|--)+)-(?!-)/.exec(mapped) ?? []
      return group === undefined ? [] : [{ group: group.replaceAll('--', '-'), target }]
    }
    const [, group] = /^\/dev\/(?!disk\/|mapper\/|md\/)([^/]+)\/[^/]+$/.exec(spec) ?? []
    return group === undefined ? [] : [{ group, target }]
  })
}

function host(conf: string, declared: Sketch['declared'] = { disks: [{ device: '/dev/vdb' }] }): StaticObservation {
  return sketch({
    declared: declared ?? {},
    fstab: '/dev/mapper/data-srv /srv ext4 rw 0 2\n',
    texts: { [lvmConf]: `${conf}\n` },
  })
}
