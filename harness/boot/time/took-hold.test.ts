import { expect, test } from 'vitest'
import { whyNotHeld, whyUntouched } from './took-hold.ts'

const at = Date.parse('2024-02-29T12:00:00Z') / 1_000
const under = { at, zone: 'Europe/Berlin' }
const lane = { lane: 'container', slackSeconds: 30 } as const
const evidence = (more: object = {}) => ({
  evidence: { began: at, ended: at + 2, offset: 3_600, untouched: [], ...more },
})

test('a date that a program beside the command read has taken hold', () => {
  expect(whyNotHeld(lane, evidence(), under)).toBeUndefined()
  expect(whyNotHeld(lane, evidence({ began: at + 20, ended: at + 25 }), under)).toBeUndefined()
})

test('the real date, no date, and a clock that goes back have not', () => {
  const real = Date.parse('2026-11-21T12:00:00Z') / 1_000
  expect(whyNotHeld(lane, evidence({ began: real, ended: real }), under)).toMatchObject({
    because: 'unsupported',
    why: 'the date did not take hold: asked for 2024-02-29 13:00:00 +0100, a program beside the command read 2026-11-21 13:00:00 +0100',
    mend: expect.stringContaining('machine lane'),
  })
  expect(whyNotHeld(lane, evidence({ began: Number.NaN }), under)?.why).toContain('no date at all')
  expect(whyNotHeld(lane, evidence({ ended: Number.NaN }), under)).toBeDefined()
  expect(whyNotHeld(lane, evidence({ ended: at - 1 }), under)).toBeDefined()
})

test('a host without the zone is in UTC without a word, which is told', () => {
  expect(whyNotHeld(lane, evidence({ offset: 0 }), under)).toMatchObject({ mend: expect.stringContaining('tzdata') })
  expect(whyNotHeld(lane, evidence({ offset: Number.NaN }), under)).toBeDefined()
})

test('programs that the date did not reach are named', () => {
  expect(whyUntouched(lane, [])).toBeUndefined()
  expect(whyUntouched(lane, ['/usr/bin/agent'])?.why).toMatch(/^\/usr\/bin\/agent took no date/)
})
