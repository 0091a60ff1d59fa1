import { bootDrill } from '../drill.ts'
import { cutPowerWhile } from '../machine/power-drill.ts'

/** The power comes back, the application goes on where it was, and the power goes again. */
export const powerTwice = bootDrill({
  id: 'power-twice',
  title: 'the power is cut twice, with a boot and more records in between',
  on: 'machine',
  procedures: [
    {
      id: 'power-twice-synced',
      title: 'acknowledged once fsync has returned, and gone on after the last whole record',
      script: 'power/synced.sh',
    },
    {
      id: 'power-twice-anew',
      title: 'each record is synced, and each start of the application begins its file anew',
      script: 'power/anew.sh',
      finds: ['boot/writes-live-lost'],
    },
  ],
  attempt: cutPowerWhile(['writing', 'writing']),
})
