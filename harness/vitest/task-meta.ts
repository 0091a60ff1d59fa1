import type { Attachment, LocatedFinding, RuleId, Unsettled } from '../kernel/index.ts'

/** What a test leaves beside its result, as data; the reporter reads no prose. */
export interface SeatrialMeta {
  /** Checks that looked on the test's behalf. */
  looked?: RuleId[]
  findings?: LocatedFinding[]
  unsettled?: Unsettled
  attachments?: Attachment[]
  /** Messages of failed matchers whose matter is in the fields above, so that nobody tells it twice. */
  told?: string[]
}

declare module 'vitest' {
  interface TaskMeta {
    seatrial?: SeatrialMeta
  }
}

/** The part of a task that carries our data, made when it is not there. */
export function metaOf(task: { readonly meta: { seatrial?: SeatrialMeta } }): SeatrialMeta {
  task.meta.seatrial ??= {}
  return task.meta.seatrial
}
