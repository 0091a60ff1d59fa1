import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectedText, readExpected, readReasons } from './expected.ts'
import { ideal } from './ideal.ts'
import { stepsOf } from './steps.ts'
import type { Surveyed } from './survey.ts'
import { chooseCases } from './topics.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-expected-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const [chosen] = await chooseCases(['caches/freshness-max-age'])
if (chosen === undefined) throw new Error('the case of this test is gone')
const id = chosen.subject.id
const failed: Surveyed = {
  ...chosen,
  transcript: ideal(chosen.subject),
  outcome: { kind: 'failed', request: 2, wanted: 'a stored answer', seen: 'a new one' },
}
const passed: Surveyed = { ...failed, outcome: { kind: 'passed' } }
const unsettled: Surveyed = {
  ...failed,
  outcome: { kind: 'unsettled', because: 'prerequisite', why: 'nothing was stored', mend: 'Store it.' },
}
const lists = (outcome: 'failed' | 'unsettled') => new Map([[id, { case: id, outcome, reason: 'so it is' }]])

function step(one: Surveyed, expected?: ReturnType<typeof lists>) {
  const [only] = stepsOf([one], { product: 'x', expected, startedAt: 0, durationMs: 1 })
  return only
}

async function file(text: string): Promise<string> {
  const path = join(folder, `${Math.random()}.yaml`)
  await writeFile(path, text)
  return path
}

describe('a file of known deviations', () => {
  test('is read by case', async () => {
    const path = await file(`deviations: [{ case: ${id}, outcome: failed, reason: so it is }]`)
    expect(await readExpected(path, [id])).toEqual(lists('failed'))
  })

  test.for([
    ['a case that there is not', `deviations: [{ case: ${id}x, outcome: failed, reason: r }]`, `Did you mean ${id}?`],
    [
      'a case twice',
      `deviations: [{ case: ${id}, outcome: failed, reason: r }, { case: ${id}, outcome: failed, reason: r }]`,
      'each case once',
    ],
    ['an outcome that there is not', `deviations: [{ case: ${id}, outcome: passed, reason: r }]`, ''],
    ['a deviation without a reason', `deviations: [{ case: ${id}, outcome: failed, reason: '' }]`, ''],
    ['no list', 'nothing: here', ''],
    ['no YAML', '{', ''],
  ] as const)('with %s is a wrong configuration, told with its place', async ([, text, mend]) => {
    const path = await file(text)
    const wrong = await readExpected(path, [id]).catch((error: unknown) => error)
    expect(wrong).toMatchObject({ code: 'SEATRIAL_USAGE', path: expect.stringContaining(path) })
    expect(wrong).toMatchObject({ mend: expect.stringContaining(mend) })
  })

  test('that is not there is a wrong configuration', async () => {
    await expect(readExpected(join(folder, 'none.yaml'), [])).rejects.toMatchObject({ code: 'SEATRIAL_USAGE' })
  })

  test('is written from what was seen, and keeps the reasons that people gave', async () => {
    const { text, deviations } = expectedText('x', [failed], new Map())
    expect([...deviations.keys()]).toEqual([id])
    expect(text).toContain('a new one, where a stored answer was wanted')
    expect(expectedText('x', [failed], lists('failed')).text).toContain('so it is')
    expect(expectedText('x', [passed], lists('failed')).deviations.size).toBe(0)
    expect(await readReasons(await file(text))).toEqual(deviations)
    expect((await readReasons(join(folder, 'none.yaml'))).size).toBe(0)
  })
})

describe('only a difference counts', () => {
  test('a known failure is skipped, with its reason', () => {
    expect(step(failed, lists('failed'))).toMatchObject({ findings: [], skipped: expect.stringContaining('so it is') })
  })

  test('a known "could not judge" is skipped too, and so does not pass', () => {
    expect(step(unsettled, lists('unsettled'))?.skipped).toContain('unsettled')
  })

  test('a case that could not be judged is unsettled, though a failure of it is known', () => {
    expect(step(unsettled, lists('failed'))?.unsettled).toMatchObject({ because: 'prerequisite' })
    expect(step(unsettled)?.unsettled).toMatchObject({ because: 'prerequisite' })
  })

  test('a deviation that is gone is a warning, so that the file stays true', () => {
    const [finding] = step(passed, lists('failed'))?.findings ?? []
    expect(finding).toMatchObject({ rule: 'caches/expectations-deviation-gone', level: 'warning', subject: 'x' })
  })

  test('a case that passes and is not listed has no finding', () => {
    expect(step(passed, new Map())).toMatchObject({ id, findings: [] })
  })
})
