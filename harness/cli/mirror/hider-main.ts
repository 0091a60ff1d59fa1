import { parentPort } from 'node:worker_threads'
import { messageOf } from '../../kernel/index.ts'
import { hideSecrets } from '../../mirror/record/hide-secrets.ts'
import { createRedactor } from '../../record/redact.ts'
import type { Hidden, ToHide } from './hider.ts'

/** The thread of `hider.ts`. */
const redact = createRedactor({ secrets: [] })

parentPort?.on('message', ({ number, exchange }: ToHide) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  parentPort?.postMessage(hidden(number, exchange))
})

function hidden(number: number, exchange: ToHide['exchange']): Hidden {
  try {
    return { number, line: JSON.stringify(hideSecrets(exchange, redact)) }
  } catch (error) {
    return { number, why: messageOf(error) }
  }
}
