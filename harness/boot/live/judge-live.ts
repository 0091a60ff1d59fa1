import type { StepReport } from '../../kernel/index.ts'
import { seenBy } from '../../kernel/index.ts'
import type { LiveObservation } from '../live-check.ts'
import { runLiveChecks } from '../live-check.ts'
import { thingsOf, withThing } from '../things.ts'
import { plainConsole } from './console.ts'

/** Of a console so many characters are kept beside a step: its end. */
const kept = 200_000

export interface JudgeLive {
  /** Of the host, as people call it. */
  readonly name: string
  /** Ids of checks or rules; all when empty. */
  readonly only: readonly string[]
  readonly replay: string
}

/**
 * What the live checks say of a boot, as a part of its step, with what they saw beside it: `boot.json`, and
 * `console.txt` where there is a console.
 */
export async function judgeLive(
  given: LiveObservation,
  { name, only, replay }: JudgeLive,
): Promise<Partial<StepReport>> {
  const { console, declared, after, ...seen } = given
  const results = await runLiveChecks(given, only)
  const named = results.map((each) => ({ ...each, findings: each.findings.map(withThing(declared)) }))
  const content = `${JSON.stringify({ declared, after, ...seen }, undefined, 2)}\n`
  const text = plainConsole(console).slice(-kept)
  return {
    ...seenBy(named, { subject: name, replay, on: name }),
    // Whoever asks for one check alone learns nothing of what else is well.
    things: thingsOf(declared, name, { asked: only.length === 0 }),
    attachments: [
      { name: 'boot.json', contentType: 'application/json', content },
      ...(text === '' ? [] : [{ name: 'console.txt', contentType: 'text/plain', content: text }]),
    ],
  }
}
