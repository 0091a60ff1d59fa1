import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import { expect, test } from '../../harness/vitest/index.ts'

const build = fileURLToPath(new URL('../../fixtures/images/dated-jobs', import.meta.url))
const timeout = 900_000

/** Static programs, which no preloaded library gives a date. */
const refusesLeapDay = ['busybox', 'sh', '-c', '[ "$(busybox date +%m%d)" != 0229 ] && echo planned']
const plans = ['busybox', 'sh', '-c', 'busybox date +%s >/dev/null && echo planned']

const entry = { build, machine: true, years: [2024], classes: ['leap-day', 'february-end'] }

describe('a machine whose own clock has the date', () => {
  test('a static program that fails on leap day is found', { timeout }, async ({ look }) => {
    const dates = [{ ...entry, name: 'static', command: refusesLeapDay }]
    const steps = await look({ practice: 'boot', section: { dates } })
    expect(steps).toFind('boot/dates-fatal')
    expect(steps.flatMap(({ findings }) => findings.map(({ place }) => place))).toEqual(['leap-day'])
  })

  test('a static program that is right on every date is passed', { timeout }, async ({ look }) => {
    const dates = [{ ...entry, name: 'static', command: plans, years: [2024, 2100] }]
    expect(await look({ practice: 'boot', section: { dates } })).toHaveNoFindings()
  })

  test('the same program in a container takes no date, and is not passed', { timeout }, async ({ look }) => {
    const dates = [{ ...entry, name: 'static', command: refusesLeapDay, machine: false }]
    const [step] = await look({ practice: 'boot', section: { dates } })
    expect(step?.unsettled).toMatchObject({ because: 'unsupported', mend: expect.stringContaining('machine lane') })
  })

  test('with a machine for each date, it is switched on under that date', { timeout }, async ({ look }) => {
    const once = ['sh', '-c', 'mkdir /var/lib/once && busybox date +%F >/var/lib/once/day && echo done']
    const dates = [{ ...entry, name: 'once', command: once, fresh: true, classes: ['leap-day'] }]
    expect(await look({ practice: 'boot', section: { dates } })).toHaveNoFindings()
  })
})
