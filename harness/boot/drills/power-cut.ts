import { bootDrill } from '../drill.ts'
import { cutPowerWhile } from '../machine/power-drill.ts'

/** The power goes while records are written, each of which is acknowledged. */
export const powerCut = bootDrill({
  id: 'power-cut',
  title: 'the power is cut while an application writes records and acknowledges them',
  on: 'machine',
  procedures: [
    {
      id: 'power-cut-synced',
      title: 'acknowledged once fsync has returned, on ext4 as it comes',
      script: 'power/synced.sh',
    },
    {
      id: 'power-cut-unsynced',
      title: 'acknowledged without fsync',
      script: 'power/unsynced.sh',
      finds: ['boot/writes-live-lost'],
    },
    {
      id: 'power-cut-laid-out',
      title: 'acknowledged without fsync, in a file that was laid out in advance',
      script: 'power/laid-out.sh',
      finds: ['boot/writes-live-lost', 'boot/writes-live-torn'],
    },
    {
      id: 'power-cut-unjournaled',
      title: 'on a file system without a journal that nobody checks at boot',
      script: 'power/unjournaled.sh',
      finds: ['boot/writes-live-unclean'],
    },
  ],
  attempt: cutPowerWhile(['writing']),
})
