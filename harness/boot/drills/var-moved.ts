import { bootDrill } from '../drill.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

const MiB = 2 ** 20

/** The documents' first move: what grows goes to a volume of its own. */
export const varMoved = bootDrill({
  id: 'var-moved',
  title: '/var is moved onto a volume of its own, and the line is appended to fstab',
  on: 'machine',
  procedures: [
    {
      id: 'var-copied',
      title: 'formatted, copied with owners and links, mounted by UUID',
      script: 'var-moved/copied.sh',
    },
    {
      id: 'var-bare',
      title: 'formatted and mounted: what was in /var is left behind',
      script: 'var-moved/bare.sh',
      finds: ['boot/service-live-failed', 'boot/data-same-gone'],
    },
    {
      id: 'var-not-appended',
      title: 'copied and mounted, and the line never written',
      script: 'var-moved/not-appended.sh',
      finds: ['boot/mount-live-absent'],
    },
  ],
  attempt: rebootAfterScript({
    name: 'var',
    host: 'guest',
    disks: { var: 512 * MiB },
    declared: {
      mounts: [{ at: '/var', type: 'ext4', options: ['rw'] }],
      services: [{ unit: 'nginx.service' }, { unit: 'ssh.service' }, { unit: 'cron.service' }],
      ports: [22, 80],
      data: ['/var/lib/ledger'],
    },
  }),
})
