import { expect, test } from 'vitest'
import { tryJobs } from './try-jobs.ts'

/** What every commit tries of the jobs; `jobs.release.test.ts` has all of their faults. */
test(
  'every job of the documents does its work, and survives an answer that comes late',
  { timeout: 120_000 },
  async () => {
    const tried = await tryJobs('seatrial.config.ts', ['slow'])
    expect(tried.size).toBe(6)
    // Of a job that this machine has no programs for nobody can tell.
    const told = [...tried.values()].filter(({ unsupported }) => unsupported === undefined)
    const whole = { 'did its work': ['nothing wrong'], survived: ['slow'] }
    expect(told.map(({ outcomes }) => outcomes)).toEqual(told.map(() => whole))
  },
)
