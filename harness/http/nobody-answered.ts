import type { Unsettled } from '../kernel/index.ts'
import type { Exchange, Trouble } from '../wire/index.ts'

const quiet: readonly Trouble['kind'][] = ['dns', 'refused', 'unreachable', 'tls']

/** Nobody there, or nobody who speaks: that is not the page's fault until somebody has looked. */
export function nobodyAnswered({ trouble, response }: Exchange): Unsettled | undefined {
  if (trouble === undefined) return undefined
  const silent = trouble.kind === 'timeout' && response === undefined
  if (!silent && !quiet.includes(trouble.kind)) return undefined
  return {
    because: silent ? 'timeout' : 'setup',
    why: `no answer (${trouble.kind}, ${trouble.phase}, after ${Math.round(trouble.afterMs)} ms): ${trouble.message}`,
    mend: silent
      ? 'Look at what the server waits for, or give it longer with --deadline.'
      : 'Start the server, or mend the address; then run again.',
  }
}
