import { describe, expect, test } from 'vitest'
import { whyNotStreaming } from './postgres-status.ts'

const told = '2026-11-21 17:21:00 UTC postmaster LOG:  parameter "primary_conninfo" changed to "host=node-2"'
const stopped =
  '2026-11-21 17:21:00 UTC walreceiver FATAL:  terminating walreceiver process due to administrator command'
const forked =
  '2026-11-21 17:21:01 UTC startup LOG:  new timeline 2 forked off current database system timeline 1 before current recovery point 0/E60000'
const noHost = '2026-11-21 17:21:01 UTC walreceiver FATAL:  could not connect to the primary server: no such host'
const streaming =
  '2026-11-21 17:21:02 UTC walreceiver LOG:  started streaming WAL from primary at 0/C00000 on timeline 2'

describe('why a standby does not stream', () => {
  test('is the reason that its log tells again and again', () => {
    expect(whyNotStreaming([told, noHost, noHost].join('\n'))).toBe(
      'could not connect to the primary server: no such host',
    )
  })

  test('is the parting of timelines, whatever the receiver says beside it', () => {
    expect(whyNotStreaming([told, noHost, forked, noHost, forked].join('\n'))).toMatch(/^new timeline 2 forked off/)
  })

  test.for([
    ['a single failure, after which it may come through', [told, noHost]],
    ['failures before it was told another primary', [noHost, noHost, told]],
    ['failures before it streamed', [told, noHost, noHost, streaming]],
    ['the order to stop, which comes with every change of the primary', [told, stopped, stopped]],
    ['an empty log', []],
  ] as const)('is not told by %s', ([, lines]) => {
    expect(whyNotStreaming(lines.join('\n'))).toBeUndefined()
  })
})
