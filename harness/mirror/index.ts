/**
 * Dark launch: what users send goes to a new version too, and nobody notices.
 *
 *     client --> tee/ --------------------> primary        the answer goes back as it is, and waits for nobody
 *                  | copy (cohort/)            |
 *                  v                           v
 *              copies/ --> candidate ----> Pair --> compare/ --> differences --.
 *                     \--> second primary ---^                                 v
 *                                                                noise/: what is more than chance
 *              ledger: one fate a request                                       |
 *                     \------------------> MirrorSeen --> checks/ --> step <----'
 */
export { shareOf, userKey } from './cohort/cohort.ts'
export type { Counts } from './copies/ledger.ts'
export { beginMirror, mirrorStep } from './look.ts'
export { openMirror } from './open-mirror.ts'
export type { Mirror, MirrorOptions } from './open-mirror.ts'
export { openReplay } from './open-replay.ts'
export type { ReplayOptions } from './open-replay.ts'
export { openRecord } from './record/open-record.ts'
export type { RecordFile } from './record/open-record.ts'
export type { Hider, RecordEnd } from './record/open-recorder.ts'
export type { MirrorSeen } from './seen.ts'
