import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { seatrial, slow } from '../../../fixtures/seatrial.ts'
import { runRecord } from '../../record/index.ts'

const healing = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/boot/healing/${name}`, import.meta.url))

test('boot cascade tells how far healing went, and how to see it again', slow, async () => {
  const size = ['--hosts', '5', '--units', '1', '--threshold', '1']
  const { exitCode, stdout } = await seatrial(['boot', 'cascade', ...size, '--', 'node', healing('naive.mjs')])
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    '5 of 5 hosts were declared broken, where 1 may be; 5 of 5 units of work no longer run',
  )
  expect(stdout).toContain('replay: seatrial boot cascade --hosts 5 --units 1 --threshold 1 -- node ')
  expect(exitCode).toBe(1)
})

test('boot cascade as JSON is the record of the run, with what was seen', slow, async () => {
  const line = ['boot', 'cascade', '--hosts', '5', '--threshold', '1', '--json', '--', 'node', healing('safe.mjs')]
  const { exitCode, stdout } = await seatrial(line)
  const { verdict, steps } = runRecord.parse(JSON.parse(stdout))
  const [step] = steps
  expect({ verdict, exitCode }).toEqual({ verdict: 'passed', exitCode: 0 })
  expect(step).toMatchObject({ id: 'boot/cascade', looked: ['boot/cascade'], outcome: { kind: 'passed' } })
  expect(JSON.parse(step?.attachments?.[0]?.content ?? '')).toMatchObject({ hosts: 5, threshold: 1, end: 'asked' })
})

test('a controller that cannot be started is unsettled, not passed', slow, async () => {
  const { exitCode, stdout } = await seatrial(['boot', 'cascade', '--timeout', '1', '--', './no-such-controller'])
  expect(stdout).toContain('does not heal one broken host on 2024-02-28')
  expect(stdout).toContain('ENOENT')
  expect(exitCode).toBe(2)
})

test.for<[args: string[], told: string]>([
  [['boot', 'dates', '--', 'true'], 'seatrial boot dates --image'],
  [['boot', 'dates', '--image', 'web:1'], 'a command behind --'],
  [['boot', 'dates', '--image', 'web:1', '--threshold', '3', '--', 'true'], '--threshold'],
  [['boot', 'dates', '--image', 'web:1', '--classes', 'leapday', '--', 'true'], '"leap-day"'],
  [['boot', 'dates', '--image', 'web:1', '--from', '2023-02-29', '--', 'true'], 'a day that there was'],
  [['boot', 'dates', '--image', 'web:1', '--only', 'boot/date', '--', 'true'], 'Did you mean boot/dates?'],
  [
    ['boot', 'cascade', '--hosts', '5', '--threshold', '4', '--', 'true'],
    'at least four hosts more than the threshold',
  ],
  [['boot', 'check', '.', '--image', 'web:1'], '--image'],
])('%j is a wrong command line', slow, async ([args, told]) => {
  const { exitCode, stderr } = await seatrial(args)
  expect(stderr).toContain(told)
  expect(exitCode).toBe(3)
})
