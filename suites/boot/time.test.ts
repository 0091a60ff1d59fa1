import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import { expect, test } from '../../harness/vitest/index.ts'

const build = fileURLToPath(new URL('../../fixtures/images/dated-jobs', import.meta.url))
const healing = (name: string): string => fileURLToPath(new URL(`../../fixtures/boot/healing/${name}`, import.meta.url))

describe('a certificate that is renewed on leap day', () => {
  const entry = { build, years: [2024], classes: ['leap-day', 'february-end'] }

  test('until the same day of the next year: the authority refuses, and the agent does not start', async ({ look }) => {
    const dates = [{ name: 'renewal', command: ['/srv/jobs/renew-next-year'], ...entry }]
    expect(await look({ practice: 'boot', section: { dates } })).toFind('boot/dates-fatal')
  })

  test('for 365 days: it is renewed on every day', async ({ look }) => {
    const dates = [{ name: 'renewal', command: ['/srv/jobs/renew-days'], ...entry }]
    expect(await look({ practice: 'boot', section: { dates } })).toHaveNoFindings()
  })
})

describe('healing, on a day on which no agent starts', () => {
  test('without a threshold it takes every host out of service', async ({ look }) => {
    const cascades = [{ name: 'healing', controller: ['node', healing('naive.mjs')] }]
    expect(await look({ practice: 'boot', section: { cascades } })).toFind('boot/cascade-unbounded')
  })

  test('with one it stops there and asks a human', async ({ look }) => {
    const cascades = [{ name: 'healing', controller: ['node', healing('safe.mjs')] }]
    expect(await look({ practice: 'boot', section: { cascades } })).toHaveNoFindings()
  })
})
