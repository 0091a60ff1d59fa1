import { UsageError } from '../../kernel/index.ts'
import type { CreateOptions } from '../core/create.ts'
import { createEndpoint } from '../core/create.ts'

/**
 * Tries the options of an endpoint that is to run elsewhere: the same words are said here, at once, as there.
 *
 * @throws UsageError, or an AggregateError of several, as `createEndpoint`; for a function, which cannot be sent
 */
export async function checkOptions(kind: string, options: CreateOptions): Promise<void> {
  await createEndpoint(kind, options)
  const place = functionIn(options.seed, options.seedName ?? 'seed')
  if (place !== undefined) {
    throw new UsageError({ path: place, given: 'a function', wanted: 'data: a container cannot call back' })
  }
}

function functionIn(value: unknown, path: string): string | undefined {
  if (typeof value === 'function') return path
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = functionIn(inner, `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
