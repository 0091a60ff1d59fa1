import { bootDrill } from '../drill.ts'
import { movedDatabase } from '../machine/moved-database.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

/** Rows are counted before and after: a database that starts on another folder is as active as one that has its rows. */
export const databaseMoved = bootDrill({
  id: 'database-moved',
  title: 'the folder of the database is moved to a volume, with a link where it was',
  on: 'machine',
  procedures: [
    {
      id: 'database-copied',
      title: 'stopped, copied with owners, linked, the line appended to fstab',
      script: 'database-moved/copied.sh',
    },
    {
      id: 'database-not-appended',
      title: 'mounted by hand, and the line never written',
      script: 'database-moved/not-appended.sh',
      finds: ['boot/mount-live-absent', 'boot/service-live-failed', 'boot/answer-same-failed'],
    },
    {
      id: 'database-owner-lost',
      title: 'copied without owners, and not restarted before the reboot',
      script: 'database-moved/owner-lost.sh',
      finds: ['boot/service-live-failed', 'boot/answer-same-failed'],
    },
    {
      id: 'database-copied-while-it-ran',
      title: 'copied while it ran, and not restarted before the reboot: it comes back green, with the rows of the copy',
      script: 'database-moved/copied-while-it-ran.sh',
      finds: ['boot/answer-same-changed'],
    },
  ],
  attempt: rebootAfterScript(movedDatabase),
})
