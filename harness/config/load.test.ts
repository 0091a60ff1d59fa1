import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test as base } from 'vitest'
import { z } from 'zod'
import { UsageError } from '../kernel/index.ts'
import type { LoadOptions, Plan } from './load.ts'
import { loadConfig } from './load.ts'

const sections = {
  http: z.strictObject({
    targets: z.array(z.strictObject({ in: z.string(), path: z.string().default('/') })),
    deadlineMs: z.int().min(100).default(10_000),
  }),
  mirror: z.strictObject({ primary: z.strictObject({ url: z.url() }) }),
}

interface Place {
  readonly folder: string
  readonly write: (name: string, content: string | object) => Promise<void>
  readonly load: (options?: Partial<LoadOptions>) => Promise<Plan>
}

const test = base.extend('place', async ({}, { onCleanup }): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-config-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return {
    folder,
    async write(name, content) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
    },
    load: (options) => loadConfig({ folder, profile: 'commit', sections, env: {}, ...options }),
  }
})

const minimal = { http: { targets: [] } }

/** What is wrong, as a person would read it. */
async function complaints(loading: Promise<Plan>): Promise<string[]> {
  const error: unknown = await loading.then(
    () => [],
    (thrown: unknown) => thrown,
  )
  const all: unknown[] = error instanceof AggregateError ? error.errors : [error]
  return all.map((one) => {
    if (!(one instanceof UsageError)) throw new Error('not a usage error', { cause: one })
    return `${one.path} | ${one.given} | ${one.wanted}`
  })
}

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

describe('a configuration that is wrong', () => {
  const web = (part: object) => ({ ...minimal, stack: { web: part } })

  test.each([
    [
      'an unknown key',
      { ...minimal, gaet: {} },
      [
        'seatrial.config.json: gaet | the unknown key "gaet" | one of the keys $schema, stack, gate, network, secrets, reports, seed, profiles, http, mirror',
      ],
    ],
    [
      'an unknown key inside',
      { ...minimal, gate: { blok: 'error' } },
      [
        'seatrial.config.json: gate.blok | the unknown key "blok" | one of the keys block, budgets, allow, accept, baseline',
      ],
    ],
    [
      'an unknown key of a part',
      web({ image: 'x', prots: [80] }),
      [expect.stringContaining('stack.web.prots | the unknown key "prots" | one of the keys build, image, url, ports')],
    ],
    ['a wrong type', { ...minimal, seed: 'one' }, ['seatrial.config.json: seed | "one" | a number']],
    [
      'a port out of range',
      web({ image: 'x', ports: [0] }),
      ['seatrial.config.json: stack.web.ports[0] | 0 | a port number, 1 to 65535'],
    ],
    [
      'a word that is not one of those',
      { ...minimal, gate: { block: 'eror' } },
      ['seatrial.config.json: gate.block | "eror" | one of "error", "warning", "info"'],
    ],
    ['a section that lacks something', { http: {} }, ['seatrial.config.json: http.targets | nothing | a list']],
    [
      'nothing to look at',
      {},
      ['seatrial.config.json | nothing to look at | a section of at least one practice: http, mirror'],
    ],
    [
      'no host',
      { ...minimal, network: { allow: ['http://x/y'] } },
      [
        'seatrial.config.json: network.allow[0] | "http://x/y" | a host such as "cache.test:8080" or an origin such as "https://cache.test"',
      ],
    ],
    [
      'an address outside the allow-list',
      web({ url: 'http://example.test/' }),
      [
        'seatrial.config.json: stack.web.url | http://example.test | loopback, a part of the stack, or a listed host or origin',
      ],
    ],
    [
      'such an address in a section',
      { mirror: { primary: { url: 'http://169.254.169.254/' } }, network: { allow: ['169.254.169.254'] } },
      [
        'seatrial.config.json: mirror.primary.url | http://169.254.169.254 | an address that is not link-local and no metadata service',
      ],
    ],
    [
      'a build folder that is not there',
      web({ build: './web' }),
      [
        expect.stringMatching(
          /^seatrial\.config\.json: stack\.web\.build \| "\.\/web" \| a folder with a Dockerfile \(looked for .*web\/Dockerfile\)$/,
        ),
      ],
    ],
    [
      'a file that is not there',
      web({ image: 'x', files: { '/etc/x.conf': './x.conf' } }),
      [expect.stringContaining('seatrial.config.json: stack.web.files["/etc/x.conf"] | "./x.conf" | a file or folder')],
    ],
    [
      'an accept-list that is not there',
      { ...minimal, gate: { accept: 'a.yaml' } },
      [expect.stringContaining('seatrial.config.json: gate.accept | "a.yaml" | a file that is there')],
    ],
    [
      'a report that does not exist',
      { ...minimal, reports: { formats: ['junti'] } },
      ['seatrial.config.json: reports.formats[0] | "junti" | one of junit, sarif'],
    ],
    [
      'a secret too short to hide',
      { ...minimal, secrets: ['SHORT'] },
      [expect.stringContaining('seatrial.config.json: secrets[0] | SHORT with a value of 2 characters')],
    ],
    ['a list', [], ['seatrial.config.json | [] | an object']],
  ])('by %s says where, what was given and what is wanted', async (_, config, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'seatrial-config-'))
    await writeFile(join(folder, 'seatrial.config.json'), JSON.stringify(config))
    const options = { folder, profile: 'commit', sections, env: { SHORT: 'ab' }, reportFormats: ['junit', 'sarif'] }
    expect(await complaints(loadConfig(options))).toEqual(expected)
    await rm(folder, { recursive: true })
  })

  test('in several places tells all of them at once', async ({ place }) => {
    await place.write('seatrial.config.json', { ...minimal, seed: -1, gate: { block: 1 }, stck: {} })
    expect(await complaints(place.load())).toHaveLength(3)
    await place.write('seatrial.config.json', { ...web({ build: './web' }), gate: { accept: 'a', baseline: 'b' } })
    expect(await complaints(place.load())).toHaveLength(3)
  })

  test('by a misspelt key says which one was probably meant', async ({ place }) => {
    await place.write('seatrial.config.json', { ...minimal, sead: 1 })
    await expect(place.load()).rejects.toMatchObject({ mend: 'Did you mean "seed"?' })
  })

  test('in its accept-list names that file', async ({ place }) => {
    await place.write('a.yaml', 'entries:\n  - { rule: x, reason: r, owner: o, expires: soon }')
    await place.write('seatrial.config.json', { ...minimal, gate: { accept: 'a.yaml' } })
    expect(await complaints(place.load())).toEqual([
      'a.yaml: entries[0].expires | "soon" | a date that exists, as YYYY-MM-DD',
    ])
  })

  test('as a file or a module says what Node itself complains of, with the line', async ({ place }) => {
    const files = {
      'a.json': '{ "http": ',
      'b.mjs': 'const x = 1\nexport default {',
      'c.ts': 'export default {\n  http: { targets: [] as string[ }\n}',
      'd.ts': 'enum A { B }\nexport default {}',
      'e.mjs': 'throw new Error("no luck")',
      'f.mjs': 'export const config = {}',
      'g.mjs': 'export default () => ({})',
      'h.mjs': 'import "package-that-is-not-there"',
      'i.mjs': 'import "./missing.ts"',
    }
    await Promise.all(Object.entries(files).map(([name, text]) => place.write(name, text)))
    const script = `
      const { readConfigFile } = await import(${JSON.stringify(new URL('config-file.ts', import.meta.url).href)})
      const told = []
      for (const name of ${JSON.stringify(Object.keys(files))}) {
        await readConfigFile(${JSON.stringify(place.folder)} + '/' + name).catch(({ code, path, given, wanted }) => told.push([code, path, given, wanted].join(' | ')))
      }
      console.log(JSON.stringify(told))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    const module = 'a module that this Node can load'
    expect(JSON.parse(stdout)).toEqual(
      [
        /^SEATRIAL_USAGE \| a\.json \| a syntax error: .+ \| JSON$/,
        RegExp(`^SEATRIAL_USAGE \\| b\\.mjs: line 2 \\| a syntax error: Unexpected end of input \\| ${module}$`),
        RegExp(`^SEATRIAL_USAGE \\| c\\.ts: line 2 \\| a syntax error: .+ \\| ${module}$`),
        RegExp(`^SEATRIAL_USAGE \\| d\\.ts: line 1 \\| a syntax error: .*enum.* \\| ${module}$`),
        RegExp(
          `^SEATRIAL_USAGE \\| e\\.mjs: line 1 \\| a module that throws when it is loaded: no luck \\| ${module}$`,
        ),
        /^SEATRIAL_USAGE \| f\.mjs \| no default export \| an object as default export$/,
        /^SEATRIAL_USAGE \| g\.mjs \| a function \| an object as default export$/,
        /^SEATRIAL_USAGE \| h\.mjs \| .*package-that-is-not-there/,
        /^SEATRIAL_USAGE \| i\.mjs \| .*missing\.ts/,
      ].map((pattern): unknown => expect.stringMatching(pattern)),
    )
  })

  test('because it is not there says where it was looked for', async ({ place }) => {
    expect(await complaints(place.load({ file: 'none.ts' }))).toEqual([
      `${join(place.folder, 'none.ts')} | no readable file | a configuration, such as seatrial.config.ts`,
    ])
    expect(await complaints(place.load())).toEqual([
      expect.stringContaining(`${place.folder} | no configuration | one of seatrial.config.ts`),
    ])
  })

  test('because there are two says so', async ({ place }) => {
    await place.write('seatrial.config.json', minimal)
    await place.write('seatrial.config.mjs', 'export default {}')
    expect(await complaints(place.load())).toEqual([
      `${place.folder} | seatrial.config.mjs and seatrial.config.json | one configuration file`,
    ])
  })
})
