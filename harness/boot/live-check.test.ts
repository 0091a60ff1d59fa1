import { describe, expect, test } from 'vitest'
import { discover } from '../discover.ts'
import { runCheck } from '../kernel/index.ts'
import { declaredState } from './declared.ts'
import { isLiveCheck, runLiveChecks } from './live-check.ts'
import { lived } from './testing/lived.ts'

const checks = (await discover(new URL('./checks/', import.meta.url), isLiveCheck)).map(({ thing }) => ({
  id: thing.id,
  check: thing,
}))

/** The examples of a check are its tests. */
describe.each(checks)('$id', ({ check }) => {
  test.for(check.examples)('$title', ({ given, yields }) => {
    const { findings, unsettled } = runCheck(check, given)
    expect(unsettled).toBeUndefined()
    expect(findings.map((each) => each.rule).toSorted()).toEqual(yields.map((each) => each.id).toSorted())
  })

  test('finds nothing where it does not apply', () => {
    const nothing = lived({ before: null })
    expect(check.applies?.(nothing) === true ? [] : runCheck(check, nothing).findings).toEqual([])
  })
})

const everything = declaredState.parse({
  mounts: [{ at: '/srv' }],
  swaps: [{ source: '/swapfile' }],
  arrays: [{ device: '/dev/md0' }],
  encrypted: [{ name: 'vault' }],
  services: [{ unit: 'web.service' }],
  timers: ['night.timer'],
  ports: [80],
  kernel: { 'vm.swappiness': '10' },
  hostname: 'web',
  data: ['/srv/data'],
  temporary: ['/tmp'],
  answers: [{ command: 'count' }],
})

test('a host that did not answer after its boot passes no check that would have asked it', async () => {
  const given = { ...lived({ after: null, before: {}, ended: { how: 'late' } }), declared: everything }
  const results = await runLiveChecks(given, [])
  const settled = results.filter(({ findings, unsettled }) => findings.length === 0 && unsettled === undefined)
  expect(settled).toEqual([])
  expect(results.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual(['boot/boot-ended-late'])
})

test('a part that a host could not tell makes its check unsettled, with the reason, and no other', async () => {
  const why = 'a docker container sees those of the machine that it runs on'
  const given = lived({ declared: { swaps: [{ source: '/swapfile' }] }, after: { unknown: { swaps: why } } })
  const results = await runLiveChecks(given, [])
  expect(results.filter(({ unsettled }) => unsettled !== undefined)).toMatchObject([
    {
      check: 'boot/swap-live',
      unsettled: {
        because: 'unsupported',
        why: expect.stringContaining(why),
        mend: expect.stringContaining('machine'),
      },
    },
  ])
})

test('data that nobody looked at before the boot is unsettled, not the same', async () => {
  const given = lived({ declared: { data: ['/srv'] }, before: null })
  const [result] = await runLiveChecks(given, ['boot/data-same'])
  expect(result).toMatchObject({ findings: [], unsettled: { why: expect.stringContaining('nobody looked before') } })
})

test('only the checks and rules that are asked for are run', async () => {
  const given = lived({ declared: { mounts: [{ at: '/srv' }] }, ended: { how: 'maintenance' } })
  const results = await runLiveChecks(given, ['boot/mount-live-absent'])
  expect(results.map(({ check, findings }) => [check, findings.map(({ rule }) => rule)])).toEqual([
    ['boot/mount-live', ['boot/mount-live-absent']],
  ])
})
