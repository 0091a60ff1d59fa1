import { rule } from '../../kernel/index.ts'
import type { LiveArray } from '../live/live-host.ts'
import { known } from '../live/live-host.ts'
import { mdManual } from '../live/references.ts'
import { hostAfter, liveCheck } from '../live-check.ts'
import { mdadmConf } from '../references.ts'
import { lived } from '../testing/lived.ts'

export const arrayLiveAbsent = rule({
  id: 'boot/array-live-absent',
  level: 'error',
  reference: mdManual,
  says: ({ device }: { device: string }) => `After the boot there is no array ${device}.`,
  wants: 'Each declared array is assembled by the boot.',
  remedy: 'Look whether its disks are there, and whether mdadm.conf and the initramfs name it.',
})

export const arrayLiveRenamed = rule({
  id: 'boot/array-live-renamed',
  level: 'error',
  reference: mdadmConf,
  says: ({ device, now }: { device: string; now: string }) => `The array ${device} came back as ${now}.`,
  wants: 'An array keeps its name: fstab and all else that names it go by it.',
  remedy: 'mdadm --detail --scan >> mdadm.conf, then update-initramfs -u: without both it is named md127.',
})

export const arrayLiveDegraded = rule({
  id: 'boot/array-live-degraded',
  level: 'error',
  reference: mdManual,
  says: ({ device, health, members }: { device: string; health: string; members: string }) =>
    `The array ${device} is degraded: [${health}], with ${members}.`,
  wants: 'All members of an array are up: it serves without one, and the next disk takes the data along.',
  remedy: 'Look why the member is gone, then mdadm --add it and wait for the resync.',
})

const whole = { device: '/dev/md0', names: [], state: 'active', members: ['/dev/vdb', '/dev/vdc'], health: 'UU' }

/** Arrays come back whole and under their names. */
export const arrayLive = liveCheck({
  id: 'boot/array-live',
  rules: [arrayLiveAbsent, arrayLiveRenamed, arrayLiveDegraded],
  *run(given) {
    const { declared } = given
    const host = hostAfter(given)
    // Nobody declared one, and a container cannot tell: there is nothing to judge.
    if (declared.arrays.length === 0 && 'unknown' in host.arrays) return
    const arrays = known(host.arrays, 'arrays')
    const isNamed = (array: LiveArray, device: string): boolean =>
      array.device === device || array.names.includes(device)
    const strangers = arrays.filter((array) => !declared.arrays.some(({ device }) => isNamed(array, device)))
    for (const { device } of declared.arrays) {
      if (arrays.some((array) => isNamed(array, device))) continue
      const now = strangers.map((array) => array.device).join(', ')
      if (now === '') yield arrayLiveAbsent.at(device, { device })
      else yield arrayLiveRenamed.at(device, { device, now })
    }
    for (const { device, health, members } of arrays) {
      if (health?.includes('_')) yield arrayLiveDegraded.at(device, { device, health, members: members.join(', ') })
    }
  },
  examples: [
    {
      title: 'whole, under its name',
      given: lived({ declared: { arrays: [{ device: '/dev/md0' }] }, after: { arrays: [whole] } }),
      yields: [],
    },
    {
      title: 'by the link that leads to it',
      given: lived({
        declared: { arrays: [{ device: '/dev/md/data' }] },
        after: { arrays: [{ ...whole, device: '/dev/md127', names: ['/dev/md/data'] }] },
      }),
      yields: [],
    },
    { title: 'gone', given: lived({ declared: { arrays: [{ device: '/dev/md0' }] } }), yields: [arrayLiveAbsent] },
    {
      title: 'under another name',
      given: lived({
        declared: { arrays: [{ device: '/dev/md0' }] },
        after: { arrays: [{ ...whole, device: '/dev/md127' }] },
      }),
      yields: [arrayLiveRenamed],
    },
    {
      title: 'a disk is missing',
      given: lived({
        declared: { arrays: [{ device: '/dev/md0' }] },
        after: { arrays: [{ ...whole, members: ['/dev/vdb'], health: 'U_' }] },
      }),
      yields: [arrayLiveDegraded],
    },
  ],
})
