import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test as base } from 'vitest'
import { complaints, minimal, openPlace, sections } from '../../fixtures/config/place.ts'
import { loadConfig } from './load.ts'

const test = base.extend('place', openPlace)

describe('a configuration that is wrong', () => {
  const web = (part: object) => ({ ...minimal, stack: { web: part } })

  test.each([
    [
      'an unknown key',
      { ...minimal, gaet: {} },
      [
        'seatrial.config.json: gaet | the unknown key "gaet" | one of the keys $schema, stack, gate, network, secrets, reports, depends, seed, profiles, http, mirror',
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
      [
        expect.stringContaining(
          'stack.web.prots | the unknown key "prots" | one of the keys build, image, url, endpoint, ports',
        ),
      ],
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
