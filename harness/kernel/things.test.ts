import { describe, expect, test } from 'vitest'
import { joinThings, rfc, rule, seenBy } from './index.ts'

const gone = rule({
  id: 'boot/mount-gone',
  level: 'error',
  reference: rfc(9110),
  says: (e: { at: string }) => `${e.at} is not mounted.`,
  about: ({ at }) => (at === '/' ? undefined : `mount:${at}`),
  wants: 'It is mounted.',
  remedy: 'Mount it.',
})

test('a rule of what is wrong by itself says so in each finding', () => {
  const masked = rule({ ...gone, inherent: true })
  expect([masked.at('x', { at: '/data' }).inherent, gone.at('x', { at: '/data' }).inherent]).toEqual([true, undefined])
})

describe('a thing that a finding is about', () => {
  test('is named by the rule from the evidence, or by nobody', () => {
    expect(gone.at('fstab', { at: '/data' }).about).toBe('mount:/data')
    expect(gone.at('fstab', { at: '/' })).not.toHaveProperty('about')
  })

  test('is that of the host which was looked at, where a step names one', () => {
    const results = [
      { check: 'boot/mount', findings: [gone.at('x', { at: '/data' }), gone.at('x', { at: '/' })] },
    ] as const
    const place = { subject: 'web', replay: 'again' }
    expect(seenBy(results, { ...place, on: 'web' }).findings).toMatchObject([
      { about: 'mount:/data on web', subject: 'web' },
      { subject: 'web' },
    ])
    expect(seenBy(results, { ...place, on: 'web' }).findings[0]).not.toHaveProperty('on')
    expect(seenBy(results, place).findings[0]?.about).toBe('mount:/data')
  })
})

test('what several tell of things is joined: every need once, everything asked once', () => {
  const joined = joinThings([
    { needs: { a: ['b'], b: [] }, asked: ['a'] },
    { needs: { a: ['c', 'b'] }, asked: ['a', 'b'] },
    {},
  ])
  expect(joined).toEqual({ needs: { a: ['b', 'c'], b: [] }, asked: ['a', 'b'] })
})
