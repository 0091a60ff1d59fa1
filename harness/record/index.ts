/**
 * The run record and how it survives: events are appended to `journal.jsonl` as they happen,
 * redacted on the way in, and folded into `run.json` at the end, or after a kill.
 *
 *     event --redact--> journal.jsonl --foldEvents--> head, parts, steps, end --(judge)--> run.json
 */
export * from './cost.ts'
export * from './fold.ts'
export * from './journal.ts'
export * from './machine-facts.ts'
export * from './redact-event.ts'
export * from './redact.ts'
export * from './redact-event.ts'
export * from './run-folder.ts'
export * from './schema.ts'
