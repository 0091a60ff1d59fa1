import type { DatedRun, DatesSeen } from '../seen.ts'

/** A run for an example: it ends well on a leap day and says "renewed", unless told otherwise. */
export type DatedSketch = Partial<Omit<DatedRun, 'at'>> & { readonly at: string }

export function dated(given: {
  readonly controls?: readonly DatedSketch[]
  readonly runs: readonly DatedSketch[]
}): DatesSeen {
  const ordinary: DatedSketch[] = [{ at: '2023-05-17T12:00:00Z' }, { at: '2026-09-09T14:15:00Z' }]
  return {
    controls: (given.controls ?? ordinary).map((each) => runOf({ dateClass: 'ordinary', ...each })),
    runs: given.runs.map(runOf),
  }
}

function runOf({ at, ...given }: DatedSketch): DatedRun {
  return {
    dateClass: 'leap-day',
    at: Date.parse(at) / 1_000,
    shown: `${at.slice(0, 10)} ${at.slice(11, 19)} +0000`,
    end: 'exit',
    exitCode: 0,
    stdout: 'renewed\n',
    stderr: '',
    lastedMs: 20,
    overtaken: false,
    mustFail: false,
    ...given,
  }
}
