import { expect, test } from 'vitest'
import { runCheck } from '../kernel/index.ts'
import type { Tried } from './outcome.ts'
import { outcome } from './outcome.ts'

test.each(outcome.examples)('$title: as the example says', ({ given, yields }) => {
  const { findings, unsettled } = runCheck(outcome, given)
  expect(unsettled).toBeUndefined()
  expect(findings.map(({ rule }) => rule).toSorted()).toEqual(yields.map(({ id }) => id).toSorted())
})

const failed = (stderr: string): Tried => ({
  fault: { name: 'reset', says: 'the connection is reset' },
  end: { kind: 'exit', code: 1 },
  stderr,
  broken: [],
  promises: 1,
  left: [],
  more: [],
})
const saidOf = (stderr: string): string | undefined => runCheck(outcome, failed(stderr)).findings[0]?.sentence

test('what a job said last is told, and of a stack trace the line that names the error', () => {
  const trace = `file:///job.mjs:9
    throw error
VolumeInUse [Error]: vol-1 is currently attached
    at handleError (file:///node_modules/x.js:1:1)
  Code: 'VolumeInUse',
  '$metadata': { httpStatusCode: 400 }
}

Node.js v24.21.0
`
  expect(saidOf(trace)).toBe(
    'While the connection is reset: exit code 1, and it said: VolumeInUse [Error]: vol-1 is currently attached',
  )
  expect(saidOf('curl: (22) The requested URL returned error: 503\n\n')).toMatch(/said: curl: \(22\) .* 503$/)
  expect(saidOf('one\ntwo\n')).toMatch(/said: two$/)
  expect(saidOf('')).toBe('While the connection is reset: exit code 1.')
})
