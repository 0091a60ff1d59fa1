import type { RawFields } from '../exchange.ts'

/** Why a request that went to the primary was not compared, though it was to be. */
export type Dropped =
  | 'too many copies under way'
  | 'the candidate is unwell'
  | 'too many bytes held'
  | 'request body too large'
  | 'answer too large'
  | 'client left'
  | 'primary failed'
  | 'second primary failed'
  | 'comparison failed'
  | 'mirror ended'

/**
 * One request on its way to the others, told what the primary's client sends and gets. Every call returns at once and none
 * throws: whatever becomes of a copy, the client's own request does not know of it.
 */
export interface Copy {
  readonly requestData: (chunk: Uint8Array) => void
  /** The request is whole: now it may go to the others. */
  readonly requestEnd: () => void
  readonly answerStart: (status: number, message: string, fields: RawFields) => void
  readonly answerData: (chunk: Uint8Array) => void
  readonly answerEnd: (trailers: RawFields) => void
  /** There is no whole answer of the primary, and will be none. */
  readonly lost: (why: Dropped) => void
}

/** One that tells two others. */
export function both(one: Copy, other: Copy): Copy {
  return {
    requestData(chunk) {
      one.requestData(chunk)
      other.requestData(chunk)
    },
    requestEnd() {
      one.requestEnd()
      other.requestEnd()
    },
    answerStart(status, message, fields) {
      one.answerStart(status, message, fields)
      other.answerStart(status, message, fields)
    },
    answerData(chunk) {
      one.answerData(chunk)
      other.answerData(chunk)
    },
    answerEnd(trailers) {
      one.answerEnd(trailers)
      other.answerEnd(trailers)
    },
    lost(why) {
      one.lost(why)
      other.lost(why)
    },
  }
}
