/**
 * The run record and how it survives: events are appended to `journal.jsonl` as they happen,
 * redacted on the way in, and folded into `run.json` at the end, or after a kill.
 */
export * from './schema.ts'
