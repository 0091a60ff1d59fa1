import { beforeAll, describe, expect, test } from 'vitest'
import type { Tried } from './try-jobs.ts'
import { tryJobs } from './try-jobs.ts'

/**
 * Jobs with real clients (the AWS SDK, curl, jq), each against a mocked cloud that has a bad day. A job survives, it
 * fails loudly, or it lies: exit code 0, and something that it promises is not so.
 */
let careful: ReadonlyMap<string, Tried>
let careless: ReadonlyMap<string, Tried>

beforeAll(async () => {
  // Jobs wait more than they reckon, so that the one configuration goes beside the other.
  ;[careful, careless] = await Promise.all([tryJobs('seatrial.config.ts'), tryJobs('careless.config.ts')])
}, 300_000)

/** Of a job that this machine has no programs for nobody can tell. */
function outcomesOf(jobs: ReadonlyMap<string, Tried>, name: string, skip: (why: string) => never) {
  const tried = jobs.get(name)
  if (tried?.unsupported !== undefined) skip(`unsettled: unsupported: ${tried.unsupported}`)
  const { 'not met': _, ...met } = tried?.outcomes ?? {}
  return met
}

describe('the jobs of the documents never lie, and come to an end whatever the cloud does', () => {
  test('an instance with a key, a volume as /dev/sdh and an address', ({ skip }) => {
    expect(outcomesOf(careful, 'deployment', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: [
        'throttled',
        'internal-error',
        'answer-lost',
        'reset',
        'half-a-body',
        'slow',
        'silence',
        'not-yet-there',
        'instance-retires',
      ],
      'failed loudly': [
        'no-capacity',
        'limit-reached',
        'attachment-busy',
        'volume-error',
        'instance-terminates',
        'instance-stalls',
      ],
      // Where nothing is answered any more, nothing can be taken away.
      'failed loudly, left something behind': ['throttled-for-good'],
    })
  })
  test('volumes that come back from their copies when the home region is lost', ({ skip }) => {
    expect(outcomesOf(careful, 'restore', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: [
        'throttled',
        'internal-error',
        'answer-lost',
        'reset',
        'half-a-body',
        'slow',
        'silence',
        'not-yet-there',
      ],
      'failed loudly': ['no-capacity', 'limit-reached', 'volume-error'],
      'failed loudly, left something behind': ['throttled-for-good'],
    })
  })
  test('snapshots of listed volumes, copied to another region and pruned', ({ skip }) => {
    expect(outcomesOf(careful, 'backup', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: [
        'throttled',
        'internal-error',
        'answer-lost',
        'reset',
        'half-a-body',
        'slow',
        'silence',
        'not-yet-there',
      ],
      'failed loudly': ['limit-reached', 'snapshot-error'],
      'failed loudly, left something behind': ['throttled-for-good', 'snapshot-stalls'],
    })
  })
  test('a relay switched with curl and jq', ({ skip }) => {
    expect(outcomesOf(careful, 'relay', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: ['rate-limited', 'answer-lost', 'reset', 'half-a-body', 'slow', 'silence'],
      'failed loudly': [
        'server-busy',
        'token-expired',
        'device-offline',
        'no-devices',
        'relay-stuck',
        'command-refused',
      ],
    })
  })
  test('a relay switched by a webhook', ({ skip }) => {
    expect(outcomesOf(careful, 'webhook', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: ['token-expired', 'command-refused', 'answer-lost', 'reset', 'slow', 'silence'],
      'failed loudly': ['rate-limited', 'server-busy', 'device-offline', 'no-devices', 'relay-stuck', 'half-a-body'],
    })
  })
  test('an instance that asks who it is', ({ skip }) => {
    expect(outcomesOf(careful, 'metadata', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: ['throttled', 'internal-error', 'token-refused', 'reset', 'half-a-body', 'slow', 'silence'],
      'failed loudly': ['unavailable', 'no-token', 'not-found'],
    })
  })
})

describe('jobs as they are found in the wild are told from them', () => {
  test('one that hopes for the best', ({ skip }) => {
    expect(outcomesOf(careless, 'hopeful-deployment', skip)).toEqual({
      'did its work': ['nothing wrong'],
      lied: ['no-capacity', 'limit-reached', 'attachment-busy', 'answer-lost'],
    })
  })
  test('one that repeats a start without a client token', ({ skip }) => {
    expect(outcomesOf(careless, 'repeated-start', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: ['reset'],
      lied: ['answer-lost', 'half-a-body'],
    })
  })
  test('one that waits for ever', ({ skip }) => {
    expect(outcomesOf(careless, 'endless-wait', skip)).toEqual({
      'did its work': ['nothing wrong'],
      hung: ['instance-terminates'],
    })
  })
  test('one whose client repeats what takes no client token', ({ skip }) => {
    expect(outcomesOf(careless, 'plain-address', skip)).toEqual({
      'did its work': ['nothing wrong'],
      'survived, made too much': ['answer-lost'],
      // It names an operation that the job never calls, and so it shows nothing.
      'unsettled (prerequisite)': ['wrong-operation'],
    })
  })
  test('one that prunes before it knows', ({ skip }) => {
    expect(outcomesOf(careless, 'hasty-backup', skip)).toEqual({
      'did its work': ['nothing wrong'],
      lied: ['snapshot-error', 'snapshot-stalls'],
    })
  })
  test('the published one-liners', ({ skip }) => {
    expect(outcomesOf(careless, 'one-liners', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: ['answer-lost'],
      lied: ['rate-limited', 'device-offline', 'relay-stuck', 'reset', 'half-a-body'],
    })
  })
  test('one that takes an error page for its id', ({ skip }) => {
    expect(outcomesOf(careless, 'unread-metadata', skip)).toEqual({
      'did its work': ['nothing wrong'],
      survived: ['slow'],
      lied: ['throttled', 'no-token', 'half-a-body'],
    })
  })
})
