import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import type { RuleId } from '../../harness/kernel/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

const build = fileURLToPath(new URL('../../fixtures/images/dated-jobs', import.meta.url))
const healing = (name: string): string => fileURLToPath(new URL(`../../fixtures/boot/healing/${name}`, import.meta.url))

const job = (name: string): string[] =>
  name.endsWith('.py') ? ['python3', `/srv/jobs/${name}`] : [`/srv/jobs/${name}`]
const timeout = 600_000

/** Every kind of year: of 365 and 366 days, hundreds of both kinds, and those around the end of 32 bits. */
const years = [2000, 2023, 2024, 2026, 2028, 2037, 2100, 2200]

/** Zones that never change their clocks, by an hour, and by half an hour in the other half of the year. */
const zones = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe']

const sameDay = { is: 'next-year-same-day' }

describe.for(zones)('in %s', (zone) => {
  test.for<[job: string, rule: RuleId, more?: object]>([
    ['renew-next-year', 'boot/dates-fatal'],
    ['plan-next-year.py', 'boot/dates-fatal'],
    ['plan-next-year-rolled', 'boot/dates-wrong', { answers: sameDay }],
    ['pack-32-bits.py', 'boot/dates-fatal'],
  ])('%s is found', { timeout }, async ([name, rule, more], { look }) => {
    const dates = [{ name, build, command: job(name), zone, years, ...more }]
    expect(await look({ practice: 'boot', section: { dates } })).toFind(rule)
  })

  test.for<[job: string, more?: object]>([
    ['renew-days'],
    ['plan-next-year-clamped.py', { answers: sameDay }],
    ['pack-64-bits.py'],
    ['next-run-utc'],
  ])('%s is right on every date', { timeout }, async ([name, more], { look }) => {
    const dates = [{ name, build, command: job(name), zone, years, ...more }]
    expect(await look({ practice: 'boot', section: { dates } })).toHaveNoFindings()
  })
})

test(
  'a local time that is missing is found in a zone that has such an hour at that time',
  { timeout },
  async ({ look }) => {
    const dates = [{ name: 'next-run-local', build, command: job('next-run-local'), zone: 'Europe/Berlin', years }]
    expect(await look({ practice: 'boot', section: { dates } })).toFind('boot/dates-fatal')
  },
)

test('a loop that never ends in leap years is found', { timeout }, async ({ look }) => {
  const entry = { years: [2023, 2024], classes: ['year-end', 'leap-day'], timeoutSeconds: 3 }
  const dates = [{ name: 'wait-for-year', build, command: job('wait-for-year'), ...entry }]
  expect(await look({ practice: 'boot', section: { dates } })).toFind('boot/dates-hanging')
})

test(
  'what leaves something behind is judged in a container of its own for each date',
  { timeout },
  async ({ look }) => {
    const once = ['sh', '-c', 'mkdir /var/lib/once && echo done']
    const entry = { name: 'once', build, command: once, years: [2024], classes: ['leap-day'] }
    expect(await look({ practice: 'boot', section: { dates: [{ ...entry, fresh: true }] } })).toHaveNoFindings()
    // In a container that is shared its second run fails, which no date has to do with: it is not judged.
    await expect(async () =>
      expect(await look({ practice: 'boot', section: { dates: [entry] } })).toHaveNoFindings(),
    ).rejects.toThrow(/ordinary day/)
  },
)

test.for([
  { hosts: 5, threshold: 1 },
  { hosts: 12, threshold: 4 },
  { hosts: 24, threshold: 8 },
])(
  'healing of $hosts hosts stops at $threshold, and without a threshold at none',
  { timeout },
  async (size, { look }) => {
    const { hosts, threshold } = size
    const entry = { name: 'healing', hosts, threshold, units: 1, timeoutSeconds: 60 }
    const safe = [{ ...entry, controller: ['node', healing('safe.mjs')] }]
    expect(await look({ practice: 'boot', section: { cascades: safe } })).toHaveNoFindings()
    const naive = [{ ...entry, controller: ['node', healing('naive.mjs')] }]
    expect(await look({ practice: 'boot', section: { cascades: naive } })).toFind('boot/cascade-unbounded')
  },
)
