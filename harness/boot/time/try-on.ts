import type { Unsettled } from '../../kernel/index.ts'
import { isWithin } from '../paths.ts'
import type { Clocked } from './clocked.ts'
import { answeredIn, rightAnswers } from './expectation.ts'
import type { Moment } from './moments.ts'
import type { DatesEntry } from './section.ts'
import type { DatedRun } from './seen.ts'
import { succeeded } from './seen.ts'
import { whyNotHeld } from './took-hold.ts'
import { shown } from './zone.ts'

interface What {
  readonly entry: Pick<DatesEntry, 'zone' | 'timeoutSeconds' | 'ready' | 'prints' | 'answers' | 'certificates'>
  readonly command: DatesEntry['command']
  /** Gets the programs that saw the real date. */
  readonly untouched: Set<string>
}

/** Runs a command at one moment and keeps what can be judged; unsettled when the date was not there. */
export async function tryOn(
  clocked: Clocked,
  { dateClass, at, until, certificate }: Moment,
  { entry, command, untouched }: What,
): Promise<DatedRun | Unsettled> {
  const { zone, ready, prints, answers } = entry
  const under = { at, zone, limitMs: entry.timeoutSeconds * 1_000, ready }
  const result = await clocked.run(command, under)
  const why = whyNotHeld(clocked, result, under)
  if (why !== undefined) return why
  const { end, exitCode, stdout, stderr, lastedMs, evidence } = result
  for (const each of evidence.untouched) untouched.add(each)
  const ended = certificate !== undefined && until === undefined
  return {
    dateClass,
    at,
    shown: shown(zone, at),
    end,
    exitCode,
    stdout,
    stderr,
    lastedMs,
    overtaken: until !== undefined && evidence.ended >= until && !succeeded(result),
    mustFail: ended && entry.certificates.some(({ path, after }) => after === 'refuses' && isWithin(certificate, path)),
    ...(certificate !== undefined && { certificate }),
    ...(prints !== undefined && !new RegExp(prints, 'm').test(`${stdout}${stderr}`) && { unprinted: prints }),
    ...(answers !== undefined && {
      answer: { given: answeredIn(stdout, answers.in), right: rightAnswers(answers.is, zone, evidence) },
    }),
  }
}
