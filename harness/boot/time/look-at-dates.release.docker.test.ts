import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StepReport } from '../../kernel/index.ts'
import { systemClock } from '../../kernel/index.ts'
import { fixtureImage } from '../../substrate/fixture-image.ts'
import type { RunScope } from '../../substrate/index.ts'
import { openRun } from '../../substrate/index.ts'
import { lookAtDates } from './look-at-dates.ts'
import { datesEntry } from './section.ts'

let run: RunScope
let image: string
beforeAll(async () => {
  run = await openRun()
  image = await fixtureImage('dated-jobs')
})
afterAll(() => run[Symbol.asyncDispose]())

async function looked(entry: object): Promise<StepReport> {
  return lookAtDates(datesEntry.parse({ name: 'job', image, years: [2023, 2024], timeoutSeconds: 20, ...entry }), {
    path: 'boot.dates[0]',
    baseFolder: run.temporaryFolder,
    run,
    replay: 'seatrial run --only boot/dates',
    only: [],
    clock: systemClock,
    signal: new AbortController().signal,
    progress: () => {},
  })
}

/** Rules with the class of dates that they tell of; a step that is unsettled has none that could be believed. */
async function told(entry: object): Promise<string[]> {
  const { findings, unsettled } = await looked(entry)
  if (unsettled !== undefined) throw new Error(unsettled.why)
  return findings.map(({ rule, place }) => `${rule} ${place}`)
}

const python = (name: string): string[] => ['python3', `/srv/jobs/${name}`]

test('a certificate until the same day of the next year fails on leap day, and nowhere else', async () => {
  const { findings } = await looked({ command: ['/srv/jobs/renew-next-year'] })
  expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['boot/dates-fatal leap-day'])
  expect(findings[0]?.sentence).toMatch(
    /^On 2024-02-29 at 00:00:05, 12:00:00, 23:59:50 \(leap day\) it fails: exit code 1, end date is invalid/,
  )
})

const febAndMarch = { classes: ['leap-day', 'february-end'] }

test('replace(year + 1) raises on leap day; its safe twin answers with the last of February', async () => {
  const answers = { is: 'next-year-same-day' }
  expect(await told({ command: python('plan-next-year.py'), answers, ...febAndMarch })).toEqual([
    'boot/dates-fatal leap-day',
  ])
  expect(await told({ command: python('plan-next-year-clamped.py'), answers, ...febAndMarch })).toEqual([])
})

test('a date that rolls over to 1 March without a word is found when an answer is asked for', async () => {
  const command = ['/srv/jobs/plan-next-year-rolled']
  const answers = { is: 'next-year-same-day' }
  const { findings } = await looked({ command, answers, ...febAndMarch })
  expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['boot/dates-wrong leap-day'])
  expect(findings[0]?.sentence).toContain('answers 2025-03-01 where 2025-02-28 is right')
  expect(await told({ command, ...febAndMarch })).toEqual([])
})

test('seconds in 32 bits end in 2038, which is one finding however many later dates there are', async () => {
  expect(await told({ command: python('pack-32-bits.py'), years: [2024, 2100] })).toEqual([
    'boot/dates-fatal year-2038',
  ])
  expect(await told({ command: python('pack-64-bits.py'), years: [2024, 2100] })).toEqual([])
})

test('a local time that is missing once a year fails where the clocks go forward, and nowhere in UTC', async () => {
  const zone = 'Europe/Berlin'
  const classes = ['dst-gap', 'dst-overlap', 'year-end']
  expect(await told({ command: ['/srv/jobs/next-run-local'], zone, classes })).toEqual(['boot/dates-fatal dst-gap'])
  expect(await told({ command: ['/srv/jobs/next-run-utc'], zone, classes })).toEqual([])
})

test('a loop that waits for a day that never comes hangs at the end of a leap year', async () => {
  const entry = { command: ['/srv/jobs/wait-for-year'], classes: ['year-end'], timeoutSeconds: 2 }
  const { findings } = await looked(entry)
  expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['boot/dates-hanging year-end'])
  expect(findings[0]?.sentence).toContain('2024-12-31 at 12:00:00')
  expect(findings[0]?.sentence).not.toContain('2023-12-31')
})

test('a certificate is used up to its last second; what must refuse it afterwards is held to that', async () => {
  const command = ['/srv/jobs/use-certificate']
  const path = '/srv/tls'
  const { findings } = await looked({ command, certificates: [{ path }], classes: ['expiry', 'leap-day'] })
  expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual(['boot/dates-fatal expiry'])
  expect(findings[0]?.sentence).toMatch(/^On 2027-06-15 at 12:00:01 \(a certificate ends\) it fails/)
  const refuses = { certificates: [{ path, after: 'refuses' }], classes: ['expiry'] }
  expect(await told({ command, ...refuses })).toEqual([])
  expect(await told({ command: ['true'], ...refuses })).toEqual(['boot/dates-trusting expiry'])
})

test('a service is looked at until it is ready, and ended with all that it started', async () => {
  const service = { command: python('serve-dated.py'), ready: 'test -e /tmp/ready && rm /tmp/ready' }
  expect(await told({ ...service, ...febAndMarch })).toEqual(['boot/dates-fatal leap-day'])
})

test('a script of your own is put into the container', async () => {
  await writeFile(join(run.temporaryFolder, 'say.sh'), '#!/bin/sh\ndate +%A\n[ "$(date +%d%m)" != 3112 ]\n')
  expect(await told({ command: ['./say.sh'], classes: ['year-end', 'february-end'] })).toEqual([
    'boot/dates-fatal year-end',
  ])
})

test('static programs take no date and are never passed, by name, in a script, and when nobody could foresee them', async () => {
  const unsupported = { because: 'unsupported', mend: expect.stringContaining('machine lane') }
  for (const command of [
    ['busybox', 'date'],
    ['sh', '-c', 'busybox date'],
    ['sh', '-c', 'x=busy; ${x}box sleep 0.5'],
  ]) {
    const { unsettled, findings } = await looked({ command, classes: ['leap-day'] })
    expect(unsettled).toMatchObject({ ...unsupported, why: expect.stringContaining('/busybox') })
    expect(findings).toEqual([])
  }
})

test('what does not work on an ordinary day is not judged', async () => {
  const { unsettled, looked: checks } = await looked({ command: ['sh', '-c', 'echo no database >&2; exit 3'] })
  expect(unsettled).toMatchObject({
    because: 'prerequisite',
    why: expect.stringMatching(/2023-05-17 12:00:00 \+0000, it fails with exit code 3: no database/),
  })
  expect(checks).toEqual([])
})

test('a program that is absent, and an image without a zone, are told for what they are', async () => {
  const absent = await looked({ command: ['renew'], classes: ['leap-day'] })
  expect(absent.unsettled).toMatchObject({ because: 'prerequisite', why: expect.stringContaining('no program renew') })
  const zoneless = ['sh', '-c', 'true']
  const { unsettled } = await looked({ command: zoneless, zone: 'Europe/Berlin', env: { TZDIR: '/nowhere' } })
  expect(unsettled).toMatchObject({ because: 'unsupported', mend: expect.stringContaining('tzdata') })
})

test('a certificate, a file or a range that is not there is told with its place', async () => {
  const command = ['true']
  await expect(looked({ command, certificates: [{ path: '/srv/none' }] })).rejects.toMatchObject({
    path: 'boot.dates[0].certificates[0]',
    given: '/srv/none',
  })
  await expect(looked({ command: ['./none.sh'] })).rejects.toMatchObject({ path: 'boot.dates[0].command' })
  await expect(looked({ command, zone: 'Mars/Olympus' })).rejects.toMatchObject({ path: 'boot.dates[0].zone' })
  await expect(looked({ command, from: '2024-05-05', until: '2024-05-06' })).rejects.toMatchObject({
    path: 'boot.dates[0]',
    given: expect.stringContaining('no date'),
  })
})
