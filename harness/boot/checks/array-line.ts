import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { mdadmConf } from '../references.ts'
import { sketch } from '../testing/observed.ts'
import { arrayThing } from '../things.ts'

export const arrayLineAbsent = rule({
  id: 'boot/array-line-absent',
  level: 'error',
  reference: mdadmConf,
  says: ({ device }: { device: string }) =>
    `${device} has no ARRAY line in mdadm.conf: it comes back as /dev/md127 or not at all.`,
  wants: 'Each declared array has an ARRAY line with its UUID.',
  remedy: 'mdadm --detail --scan >>/etc/mdadm/mdadm.conf, then update-initramfs -u.',
})

export const arrayLineOther = rule({
  id: 'boot/array-line-other',
  level: 'error',
  reference: mdadmConf,
  says: ({ device, line, uuid, wanted }: { device: string; line: number; uuid: string; wanted: string }) =>
    `Line ${line} of mdadm.conf gives ${device} the UUID ${uuid}, and the array has ${wanted}.`,
  about: ({ device }) => arrayThing(device),
  wants: 'The UUID that `mdadm --detail` tells.',
  remedy: 'Write the line anew from mdadm --detail --scan, then update-initramfs -u.',
})

/** Arrays are put together at boot by their lines in mdadm.conf; without one they come back under another name. */
export const arrayLine = staticCheck({
  id: 'boot/array-line',
  rules: [arrayLineAbsent, arrayLineOther],
  *run({ declared, files: { mdadm } }) {
    for (const { device, uuid } of declared.arrays) {
      const line = mdadm?.arrays.find(
        (each) => each.device === device || each.device === device.replace('/dev/md', '/dev/md/'),
      )
      if (line === undefined) yield arrayLineAbsent.at(device, { device })
      else if (uuid !== undefined && line.uuid !== undefined && !isSame(uuid, line.uuid)) {
        yield arrayLineOther.at(`mdadm.conf:${line.line}`, { device, line: line.line, uuid: line.uuid, wanted: uuid })
      }
    }
  },
  examples: [
    { title: 'no arrays', given: sketch(), yields: [] },
    {
      title: 'its line is there',
      given: sketch({
        declared: { arrays: [{ device: '/dev/md0', uuid: 'aa:bb' }] },
        mdadm: '# x\nARRAY /dev/md/0 metadata=1.2 name=vm:0\n  UUID=AA:BB\n',
      }),
      yields: [],
    },
    {
      title: 'nobody wrote the line',
      given: sketch({ declared: { arrays: [{ device: '/dev/md0' }] }, mdadm: 'DEVICE partitions\n' }),
      yields: [arrayLineAbsent],
    },
    {
      title: 'one digit is wrong',
      given: sketch({
        declared: { arrays: [{ device: '/dev/md0', uuid: 'aa:bb' }] },
        mdadm: 'ARRAY /dev/md0 UUID=aa:bc\n',
      }),
      yields: [arrayLineOther],
    },
  ],
})

/** Written with colons, with hyphens, or in one. */
function isSame(one: string, other: string): boolean {
  const bare = (uuid: string): string => uuid.toLowerCase().replaceAll(/[:-]/g, '')
  return bare(one) === bare(other)
}
