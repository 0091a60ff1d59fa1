import { bootDrill } from '../drill.ts'
import { cutPowerWhile } from '../machine/power-drill.ts'

/** What a power cut left is mended by the boot that follows; that boot is cut too, and must be able to begin again. */
export const powerRecovery = bootDrill({
  id: 'power-recovery',
  title: 'the power is cut while records are written, then while the root recovers, then while the disk is checked',
  on: 'machine',
  procedures: [
    {
      id: 'power-recovery-synced',
      title: 'acknowledged once fsync has returned, on ext4 as it comes',
      script: 'power/synced.sh',
    },
    {
      id: 'power-recovery-unsynced',
      title: 'acknowledged without fsync',
      script: 'power/unsynced.sh',
      finds: ['boot/writes-live-lost'],
    },
  ],
  attempt: cutPowerWhile([
    'writing',
    {
      what: 'while the root recovers its journal',
      begins: /EXT4-fs \(vda\): INFO: recovery required/,
      ends: /EXT4-fs \(vda\): recovery complete/,
    },
    {
      what: 'while the disk of the records is checked',
      begins: /Starting .*virtio-ledger/,
      ends: /Finished .*virtio-ledger/,
    },
  ]),
})
