/**
 * Exchanges that somebody recorded, read back: nothing here touches a network.
 *
 *     bytes --readRecording--> jsonl.ts or har.ts --> Exchange, or what is wrong with the entry
 */
export { openRecording, readRecording } from './read-recording.ts'
export type * from './recorded.ts'
