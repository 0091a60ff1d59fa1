import { bootDrill } from '../drill.ts'
import { diskComesLate } from '../machine/late-disk.ts'
import { movedDatabase } from '../machine/moved-database.ts'
import { rebootAfterScript } from '../machine/reboot-drill.ts'

/** Volumes of clouds are attached late now and then: a database must wait for its own, or not start at all. */
export const databaseVolumeLate = bootDrill({
  id: 'database-volume-late',
  title: 'the volume of the moved database comes when the rest of the host is up',
  on: 'machine',
  procedures: [
    {
      id: 'late-nofail-required',
      title: 'nofail in the line, RequiresMountsFor in the unit: the host is up early, the database in time',
      script: 'database-volume-late/nofail-required.sh',
    },
    {
      id: 'late-line-plain',
      title: 'a line without nofail: the whole host waits for the volume',
      script: 'database-moved/copied.sh',
    },
    {
      id: 'late-nofail-alone',
      title: 'nofail in the line, and nothing that makes the database wait',
      script: 'database-volume-late/nofail-alone.sh',
      finds: ['boot/service-live-failed', 'boot/answer-same-failed'],
    },
    {
      id: 'late-rehearsed-beneath',
      title:
        'the same with a rehearsal left beneath the mount point: it comes back green, with the rows of the rehearsal',
      script: 'database-volume-late/rehearsed-beneath.sh',
      finds: ['boot/answer-same-changed'],
    },
  ],
  attempt: rebootAfterScript({ ...movedDatabase, circumstance: diskComesLate('data') }),
})
