import type { z } from 'zod'
import type { Check, Reference, Rule, RuleId } from '../../kernel/index.ts'
import { check, rule, SeatrialError } from '../../kernel/index.ts'
import type { Exchange } from '../../wire/index.ts'
import type { Message } from '../message.ts'
import { messageOfExchange } from '../message.ts'
import type { ProbeRequest } from '../probe-context.ts'

/** What an expectation looks at: the value in the configuration, the page, and the answers to what it asks. */
export interface Expected {
  readonly value: unknown
  readonly page: Message
  readonly answers: readonly Exchange[]
}

type UnmetRule = Rule<RuleId, { seen: string; wanted: string }>

/** Something that a configuration may expect of a page. Made with {@link expectation}. */
export interface Expectation<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  /** Requests that are needed besides the page itself. */
  readonly asks: (value: unknown, page: Message) => readonly ProbeRequest[]
  readonly check: Check<RuleId, Expected, readonly [UnmetRule]>
}

export interface ExpectationDefinition<Schema extends z.ZodType> {
  /** Group and name: `caching-shared-for`. The rule is called `http/expected-` and this. */
  readonly id: `${string}-${string}`
  readonly value: Schema
  readonly reference: Reference
  /** What is expected, as the end of a sentence. */
  readonly wanted: (value: z.output<Schema>) => string
  readonly asks?: (value: z.output<Schema>, page: Message) => readonly ProbeRequest[]
  /**
   * What was seen instead, as a short text; undefined when the expectation is met. Throws a
   * SeatrialError when nobody can tell, which is unsettled.
   */
  readonly look: (value: z.output<Schema>, page: Message, answers: readonly Exchange[]) => string | undefined
  /** At least one that is met and one that is not. */
  readonly examples: readonly {
    readonly title: string
    readonly value: z.output<Schema>
    readonly page: Message
    readonly answers?: readonly Message[]
    readonly met: boolean
  }[]
}

/** Declares an expectation; see `cookies.ts` for the model. */
export function expectation<Schema extends z.ZodType>(definition: ExpectationDefinition<Schema>): Expectation<Schema> {
  const id: RuleId = `http/expected-${definition.id}`
  const unmet: UnmetRule = rule({
    id: `${id}-unmet`,
    level: 'error',
    reference: definition.reference,
    says: (e: { seen: string; wanted: string }) => `Expected ${e.wanted}; seen: ${e.seen}.`,
    wants: 'The page is as `expect` says, in the configuration or in a test.',
    remedy: 'Mend the server; or the expectation, when it is no longer what you want.',
  })
  // The section's schema has parsed every value before anybody looks.
  const typed = (value: unknown): z.output<Schema> => value as z.output<Schema>
  return {
    schema: definition.value,
    asks: (value, page) => definition.asks?.(typed(value), page) ?? [],
    check: check({
      id,
      rules: [unmet],
      *run({ value, page, answers }: Expected) {
        const seen = definition.look(typed(value), page, answers)
        if (seen !== undefined) yield unmet.at('response', { seen, wanted: definition.wanted(typed(value)) })
      },
      examples: definition.examples.map(({ title, value, page, answers = [], met }) => ({
        title,
        given: { value, page, answers: answers.map(({ exchange }) => exchange) },
        yields: met ? [] : [unmet],
      })),
    }),
  }
}

/** The whole answer to a further request. @throws SeatrialError when there is none: nobody can tell then */
export function answerAt(answers: readonly Exchange[], index: number): Message {
  const exchange = answers[index]
  const message = exchange === undefined ? undefined : messageOfExchange(exchange)
  if (exchange === undefined || message === undefined || exchange.trouble !== undefined) {
    throw new SeatrialError('SEATRIAL_NO_ANSWER', `no whole answer: ${exchange?.trouble?.message ?? 'not asked'}`, {
      mend: 'Ask the same with another client, and look at the log of the server.',
      because: exchange?.trouble?.kind === 'timeout' ? 'timeout' : 'prerequisite',
    })
  }
  return message
}
