import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { messageOf } from '../../kernel/index.ts'
import type { Hider } from '../../mirror/index.ts'

/** What goes to the thread: an exchange with its number. */
export interface ToHide {
  readonly number: number
  readonly exchange: Parameters<Hider['lineOf']>[0]
}

/** What comes back: its line, or why there is none. */
export type Hidden =
  | { readonly number: number; readonly line: string }
  | { readonly number: number; readonly why: string }

/**
 * Hides secrets on a thread of its own: looking through a content of 64 KiB takes tens of milliseconds, in which nobody who asks
 * the primary would be answered.
 */
export function openHider(): Hider {
  // The package carries it compiled, so the ending is that of this very file.
  const ending = extname(fileURLToPath(import.meta.url))
  const worker = new Worker(new URL(`./hider-main${ending}`, import.meta.url))
  const waiting = new Map<number, PromiseWithResolvers<string>>()
  let [last, failed]: [number, Error | undefined] = [0, undefined]
  worker.on('message', (hidden: Hidden) => {
    const each = waiting.get(hidden.number)
    waiting.delete(hidden.number)
    if ('line' in hidden) each?.resolve(hidden.line)
    else each?.reject(new Error(hidden.why))
  })
  worker.on('error', (error) => {
    failed = new Error(messageOf(error), { cause: error })
    for (const each of waiting.values()) each.reject(failed)
    waiting.clear()
  })
  return {
    lineOf(exchange) {
      if (failed !== undefined) return Promise.reject(failed)
      const number = ++last
      const line = Promise.withResolvers<string>()
      waiting.set(number, line)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
      worker.postMessage({ number, exchange } satisfies ToHide)
      return line.promise
    },
    async close() {
      await worker.terminate()
    },
  }
}
