import type { Endpoint } from '../../core/index.ts'
import { createEndpoint } from '../../core/create.ts'
import type { Example, Operation } from '../operation.ts'
import type { Answer } from './ask.ts'
import { ask } from './ask.ts'

/** What an example's last call answered, with what it should have been, references filled in. */
export interface Played {
  readonly answer: Answer
  /** Error codes that steps before it met, which is always a defect of the example. */
  readonly troubles: readonly string[]
  readonly wanted: string | Readonly<Record<string, string | undefined>>
}

/** Plays an example against a world of its own. */
export async function playExample({ name }: Pick<Operation, 'name'>, example: Example): Promise<Played> {
  const endpoint = await createEndpoint('ec2', {
    signatures: 'lenient',
    clock: example.clock ?? 'manual',
    ...(example.seed !== undefined && { seed: example.seed }),
    ...(example.faults !== undefined && { faults: example.faults }),
  })
  if (example.suite === 'moto') await resetByMoto(endpoint)
  const kept = new Map<string, Answer>()
  const troubles: string[] = []
  for (const step of example.before ?? []) {
    if ('advanceMs' in step) {
      endpoint.clock.advance(step.advanceMs)
      continue
    }
    const answer = await ask(endpoint, step.action, filled(step.given, kept), regionOf(step, example))
    if (answer.code !== undefined) troubles.push(`${step.action}: ${answer.code} ${answer.message ?? ''}`)
    if (step.as !== undefined) kept.set(step.as, answer)
  }
  const answer = await ask(endpoint, name, filled(example.given, kept), regionOf(example, example))
  const wanted = typeof example.answers === 'string' ? example.answers : filled(example.answers, kept)
  return { answer, troubles, wanted }
}

function regionOf({ region }: { readonly region?: string }, { seed }: Example): string {
  const standard = seed?.['defaultRegion']
  return region ?? (typeof standard === 'string' ? standard : 'us-east-1')
}

function filled<T extends string | undefined>(
  given: Readonly<Record<string, T>> | undefined,
  kept: ReadonlyMap<string, Answer>,
): Record<string, T> {
  const whole: Record<string, T> = {}
  for (const [name, value] of Object.entries(given ?? {})) {
    const [, from = '', path = ''] = /^\$([a-z][a-zA-Z0-9]*)\.(.+)$/.exec(value ?? '') ?? []
    const found = from === '' ? value : kept.get(from)?.at(path)
    if (from !== '' && found === undefined)
      throw new Error(`the example refers to $${from}.${path}, which no answer has`)
    // Text is what a reference is put in the place of.
    whole[name] = found as T
  }
  return whole
}

async function resetByMoto(endpoint: Endpoint): Promise<void> {
  const nothing = { host: 'localhost', scheme: 'http', fields: [], body: new Uint8Array() } as const
  await endpoint.answer({ method: 'POST', target: '/moto-api/reset', ...nothing })
}
