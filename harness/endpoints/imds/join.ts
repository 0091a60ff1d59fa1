import { messageOf } from '../../kernel/index.ts'
import type { InstanceFacts } from '../core/instance-facts.ts'
import { profileOf } from './aws/credentials.ts'
import { factsOf } from './aws/facts.ts'
import type { ImdsSeed } from './seed.ts'

/** The instance as it is now, or why nobody can tell. */
export type Joined = { readonly facts: InstanceFacts } | { readonly trouble: string }

const deadlineMs = 5_000

/**
 * Reads the instance anew for each request, from the mock that runs it (`GET /_seatrial/instances/ID`) or from a
 * function; without a join it is the seed's.
 */
export function instanceOf({ join, aws }: ImdsSeed): () => Joined | Promise<Joined> {
  if (join === undefined) {
    const own = factsOf(aws.instance)
    const facts = { ...own, iamInstanceProfile: profileOf('seatrial-role', own) }
    return () => ({ facts })
  }
  const read = typeof join === 'function' ? join : () => ask(join.url, join.instance)
  return async () => {
    try {
      return { facts: await read() }
    } catch (error) {
      return { trouble: `the joined instance cannot be read: ${messageOf(error)}` }
    }
  }
}

async function ask(url: string, instance: string): Promise<InstanceFacts> {
  const from = new URL(`/_seatrial/instances/${instance}`, url)
  const answer = await fetch(from, { signal: AbortSignal.timeout(deadlineMs) })
  if (!answer.ok) throw new Error(`${from.href} answered ${answer.status}`)
  const { joinedFacts } = await import('./joined-facts.ts')
  return joinedFacts.parse(await answer.json())
}
