import type { Delivery } from '../../core/index.ts'
import { reply } from '../../core/index.ts'

/** An answer with the code that coverage counts; none for a good one. */
export interface Answer {
  readonly delivery: Delivery
  readonly error?: string
}

const server = ['Server', 'IMDS/150.870.65.1854'] as const

export function json(value: unknown): Answer {
  return { delivery: jsonOf(200, value) }
}

export function plain(text: string): Answer {
  return { delivery: reply(200, [['Content-Type', 'text/plain; charset=utf-8'], server], text) }
}

export function empty(): Answer {
  return { delivery: reply(200, [server]) }
}

/** Errors of the service itself: one sentence in JSON. */
export function refuse(status: number, error: string, more: Readonly<Record<string, unknown>> = {}): Answer {
  return { delivery: jsonOf(status, { error, ...more }), error: String(status) }
}

/** Errors of managed identity, in the shape of OAuth. */
export function refuseToken(status: number, error: string, description: string): Answer {
  return { delivery: jsonOf(status, { error, error_description: description }), error }
}

function jsonOf(status: number, value: unknown): Delivery {
  return reply(status, [['Content-Type', 'application/json; charset=utf-8'], server], JSON.stringify(value))
}
