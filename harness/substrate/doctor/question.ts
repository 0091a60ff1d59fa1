import { messageOf, systemClock } from '../../kernel/index.ts'
import type { Clock } from '../../kernel/index.ts'

/** `ok`, or not there, or there with less than it could do, or nobody could tell. */
export type AnswerState = 'ok' | 'missing' | 'degraded' | 'unknown'

export interface Answer {
  readonly state: AnswerState
  /** What was seen, in one line. */
  readonly detail: string
  /** The one command or sentence that mends it. */
  readonly fix?: string
}

/** What misses the thing when it is not there. `run` is the main job; the others go without. */
const needs = ['run', 'tests', 'machines', 'convenience'] as const

export type NeededBy = (typeof needs)[number]

/** One thing to know of the machine: a file in this folder, found by its export. */
export interface Question {
  readonly id: string
  readonly title: string
  readonly neededBy: NeededBy
  /** Looks, starts nothing that stays, and uses no network beyond the engine's own address. */
  readonly ask: () => Promise<Answer>
}

export interface Diagnosis extends Answer {
  readonly id: string
  readonly title: string
  readonly neededBy: NeededBy
}

export function question(definition: Question): Question {
  return definition
}

export function isQuestion(value: unknown): value is Question {
  return typeof value === 'object' && value !== null && 'ask' in value && 'neededBy' in value && 'id' in value
}

/** Milliseconds after which a question that has no answer is `unknown`. */
export const deadlineMs = 5_000

/**
 * Asks all questions side by side, each with its own deadline. One that throws or stays silent
 * is `unknown`: that is no word on the machine, only on the asking.
 */
export async function askAll(questions: readonly Question[], clock: Clock = systemClock): Promise<Diagnosis[]> {
  const answered = await Promise.all(
    questions.map(async ({ id, title, neededBy, ask }) => ({ id, title, neededBy, ...(await within(ask, clock)) })),
  )
  return answered.toSorted((a, b) => needs.indexOf(a.neededBy) - needs.indexOf(b.neededBy))
}

async function within(ask: () => Promise<Answer>, clock: Clock): Promise<Answer> {
  const done = new AbortController()
  const late = async (): Promise<Answer> => {
    await clock.pause(deadlineMs, done.signal)
    return { state: 'unknown', detail: `no answer within ${deadlineMs / 1000} s` }
  }
  const answer = async (): Promise<Answer> => {
    try {
      return await ask()
    } catch (error) {
      return { state: 'unknown', detail: `could not look: ${messageOf(error)}` }
    }
  }
  try {
    return await Promise.race([answer(), late()])
  } finally {
    done.abort()
  }
}

/** Whether `seatrial run` has all it needs. Less than it could be is enough; unknown is not. */
export function isReady(diagnoses: readonly Diagnosis[]): boolean {
  return diagnoses
    .filter(({ neededBy }) => neededBy === 'run')
    .every(({ state }) => state === 'ok' || state === 'degraded')
}
