import { z } from 'zod'

/** The version of the format: a number that grows when an older reader would misunderstand. */
export const recordVersion = 1
/** What the first line of a record calls itself. */
export const recordFormat = 'seatrial-record'

const count = z.int().nonnegative()
const time = z.number()
const pairs = z.array(z.tuple([z.string(), z.string()]))

/**
 * Content, or why it is not there. `bytes` is the size of all of it; `sha256` of all of it, in hexadecimal, is left out where
 * there is none or where it could betray a secret.
 */
const content = z.object({
  bytes: count,
  sha256: z.string().optional(),
  /** It is UTF-8, and this is it. */
  text: z.string().optional(),
  /** It is something else. */
  base64: z.base64().optional(),
  left: z.enum(['too large', 'no room', 'holds secrets', 'cut off']).optional(),
})

const answer = z.object({
  status: z.int().min(0).max(999),
  message: z.string(),
  fields: pairs,
  trailers: pairs,
  body: content,
  /** Milliseconds until the answer was whole. */
  ms: time,
})

const answerOrWhy = z.union([answer, z.object({ failed: z.string() })])

/** The first line. */
export const headLine = z.object({
  format: z.literal(recordFormat),
  version: z.literal(recordVersion),
  seatrial: z.string(),
  startedAt: z.iso.datetime(),
  primary: z.string(),
  candidate: z.string(),
  secrets: z.enum(['hidden', 'kept']),
  /** Contents up to so many bytes are kept. */
  maxBody: count,
})

/** One exchange. Texts of fields are Latin-1, one character a byte. */
export const exchangeLine = z.object({
  version: z.literal(recordVersion),
  /** Milliseconds from the beginning of the record until the request came. */
  at: time,
  /** The number of its connection, in order of their first requests. */
  connection: count,
  /** How many came on it before. */
  order: count,
  request: z.object({ method: z.string(), target: z.string(), fields: pairs, body: content }),
  primary: answerOrWhy,
  candidate: answerOrWhy.optional(),
  secondary: answerOrWhy.optional(),
  fate: z.string(),
  differences: z.array(z.object({ place: z.string(), kind: z.string() })).optional(),
  /** In which of them a secret was hidden. */
  hidden: z.array(z.enum(['request fields', 'request', 'primary', 'candidate', 'secondary'])).optional(),
})

/** The last line; a record without one was broken off. */
export const endLine = z.object({
  version: z.literal(recordVersion),
  end: z.object({
    exchanges: count,
    /** Exchanges that are not in the record, by reason. */
    dropped: z.record(z.string(), count),
  }),
})

export type HeadLine = z.infer<typeof headLine>
export type ExchangeLine = z.infer<typeof exchangeLine>
export type EndLine = z.infer<typeof endLine>
export type ContentKept = z.infer<typeof content>
export type AnswerKept = z.infer<typeof answer>
