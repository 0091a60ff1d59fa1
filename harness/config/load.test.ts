import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test as base } from 'vitest'
import { complaints, minimal, openPlace, sections } from '../../fixtures/config/place.ts'
import { loadConfig } from './load.ts'

const test = base.extend('place', openPlace)

describe('a configuration', () => {
  test('of one section is a whole plan, frozen to its depths', async ({ place }) => {
    await place.write('seatrial.config.json', minimal)
    const plan = await place.load()
    expect(plan).toMatchObject({
      folder: place.folder,
      configFile: join(place.folder, 'seatrial.config.json'),
      profile: 'commit',
      stack: {},
      practices: ['http'],
      sections: { http: { targets: [], deadlineMs: 10_000 } },
      gate: { block: 'error', budgets: {}, allow: [], accept: [], baseline: [] },
      secrets: [],
      reports: { folder: join(place.folder, 'reports'), formats: undefined },
      seed: 1,
      timeLimitSeconds: 600,
    })
    expect(() => Object.assign(plan.gate.accept, { 0: 'x' })).toThrow(TypeError)
  })

  test.each([
    ['ts', "const targets: { in: string }[] = [{ in: 'web' }]\nexport default { stack, http: { targets } }"],
    ['mts', "export default { stack, http: { targets: [{ in: 'web' as string }] } }"],
    ['mjs', "export default { stack, http: { targets: [{ in: 'web' }] } }"],
  ])('may be written as .%s', async (ending, text) => {
    const folder = await mkdtemp(join(tmpdir(), 'seatrial-config-'))
    const stack = "const stack = { web: { url: 'http://127.0.0.1/' } }"
    await writeFile(join(folder, `seatrial.config.${ending}`), `${stack}\n${text}`)
    const plan = await loadConfig({ folder, profile: 'commit', sections, env: {} })
    expect(plan.sections['http']).toMatchObject({ targets: [{ in: 'web', path: '/' }] })
    await rm(folder, { recursive: true })
  })

  test('named by --config brings its own folder for paths; reports stay in the working directory', async ({
    place,
  }) => {
    await place.write('elsewhere/other.json', { ...minimal, gate: { baseline: './b.json' } })
    await place.write('elsewhere/b.json', { version: 1, run: 'r', fingerprints: ['http/x y z'] })
    const plan = await place.load({ file: 'elsewhere/other.json' })
    expect(plan.folder).toBe(join(place.folder, 'elsewhere'))
    expect(plan.gate.baseline).toEqual(['http/x y z'])
    expect(plan.reports.folder).toBe(join(place.folder, 'reports'))
  })

  test('takes the values of secret variables, and nothing for those that are not set', async ({ place }) => {
    await place.write('seatrial.config.json', { ...minimal, secrets: ['DEPLOY_TOKEN', 'UNSET', 'EMPTY'] })
    const plan = await place.load({ env: { DEPLOY_TOKEN: 'opensesame', EMPTY: '' } })
    expect(plan.secrets).toEqual(['opensesame'])
  })

  test('takes the accept-list from its file', async ({ place }) => {
    await place.write('accept.yaml', 'entries:\n  - { rule: http/a, reason: r, owner: o, expires: 2027-01-01 }')
    await place.write('seatrial.config.json', { ...minimal, gate: { accept: './accept.yaml', allow: ['unsupported'] } })
    const { gate } = await place.load()
    expect(gate.accept).toMatchObject([{ rule: 'http/a', owner: 'o' }])
    expect(gate.allow).toEqual(['unsupported'])
  })
})

describe('a profile', () => {
  test('lays itself over the rest: objects key by key, lists whole', async ({ place }) => {
    const there = { url: 'http://127.0.0.1/' }
    await place.write('seatrial.config.json', {
      stack: { web: there, app: there, db: there },
      http: { targets: [{ in: 'web' }, { in: 'app' }], deadlineMs: 500 },
      mirror: { primary: { url: 'http://127.0.0.1/' } },
      gate: { block: 'warning', budgets: { info: 3 } },
      profiles: {
        commit: { practices: ['http'], timeLimitSeconds: 60 },
        nightly: { http: { targets: [{ in: 'db' }] }, gate: { allow: ['timeout'] } },
      },
    })
    const commit = await place.load()
    expect([commit.practices, commit.timeLimitSeconds]).toEqual([['http'], 60])
    const nightly = await place.load({ profile: 'nightly' })
    expect(nightly.practices).toEqual(['http', 'mirror'])
    expect(nightly.sections['http']).toEqual({ targets: [{ in: 'db', path: '/' }], deadlineMs: 500 })
    expect(nightly.gate).toMatchObject({ block: 'warning', budgets: { info: 3 }, allow: ['timeout'] })
    expect(nightly.timeLimitSeconds).toBeGreaterThan(3_600)
  })

  test('that is wrong is told at its own place', async ({ place }) => {
    await place.write('seatrial.config.json', {
      ...minimal,
      profiles: { nightly: { http: { deadlineMs: 5 }, practices: ['htp'] }, release: { http: { deadlineMs: 5 } } },
    })
    expect(await complaints(place.load({ profile: 'release' }))).toEqual([
      'seatrial.config.json: profiles.release.http.deadlineMs | 5 | at least 100',
    ])
    expect(await complaints(place.load({ profile: 'nightly' }))).toEqual([
      'seatrial.config.json: profiles.nightly.practices[0] | "htp" | a practice that has a section here: http',
    ])
  })

  test('that does not exist is a wrong question, with the one that was meant', async ({ place }) => {
    await expect(place.load({ profile: 'comit' })).rejects.toMatchObject({
      path: '--profile',
      mend: 'Did you mean commit?',
    })
  })
})
