import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lastRecord, scratchFolder, seatrial, slow } from '../../../fixtures/seatrial.ts'
import { rawServer, saying } from '../../../fixtures/servers/raw.ts'

// What runs already needs no engine, and there is none here.
const nowhere = { DOCKER_HOST: 'unix:///nonexistent.sock' }

/** Every file below a folder, by its path, as text. */
async function textsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)))
}

async function configured(config: object): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await scratchFolder()
  await writeFile(join(folder.path, 'seatrial.config.ts'), `export default ${JSON.stringify(config)}\n`)
  return folder
}

describe('secrets', slow, () => {
  const secret = 'correct-horse/battery+staple'
  const answer = [
    'HTTP/1.1 302 Found',
    `Location: /next?state=${encodeURIComponent(secret)}`,
    `Set-Cookie: session=${secret}; Path=/`,
    `Age: ${secret}`,
    `Cache-Control: max-age=${secret}`,
    `X-Debug: ${Buffer.from(secret).toString('base64')}`,
    'Content-Type: text/html',
    `Content-Length: ${secret.length}`,
    '',
    secret,
  ].join('\r\n')

  test('that a server sends in fields, cookies, a location and content are in no file and on no terminal', async () => {
    await using server = await rawServer(saying(answer))
    await using folder = await configured({
      stack: { web: { url: server.url } },
      http: { targets: [{ in: 'web', path: `/?key=${secret}` }] },
      secrets: ['PLANTED'],
    })
    const { exitCode, stdout, stderr } = await seatrial(['run'], {
      cwd: folder.path,
      env: { ...nowhere, PLANTED: secret },
    })
    expect(exitCode).toBe(1)
    const texts = await textsOf(join(folder.path, 'reports'))
    expect([...texts.keys()].map((file) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining(['run.json', 'journal.jsonl', 'junit.xml', 'report.sarif', 'index.html']),
    )
    // The planted values were seen: their findings are there, without them.
    expect(stdout).toContain('http/age-not-integer')
    expect(stdout).toContain('[redacted]')
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      expect([...texts].filter(([, text]) => text.includes(form)).map(([file]) => file)).toEqual([])
      expect(stdout + stderr).not.toContain(form)
    }
  })

  test('that are too short to be hidden are a wrong configuration, and are not printed', async () => {
    await using folder = await configured({ stack: {}, http: { targets: [] }, secrets: ['PLANTED'] })
    const { exitCode, stdout, stderr } = await seatrial(['run'], { cwd: folder.path, env: { PLANTED: 'zq7' } })
    expect(exitCode).toBe(3)
    expect(stderr).toContain('PLANTED with a value of 3 characters')
    expect(stdout + stderr).not.toContain('zq7')
  })
})

test('a part that needs an engine, where there is none, is unsettled: unsupported, with the mend', slow, async () => {
  await using folder = await scratchFolder()
  const { exitCode, stdout } = await seatrial(['run'], { cwd: folder.path, env: nowhere })
  expect(exitCode).toBe(2)
  expect(stdout).toContain('this machine cannot do it (unsupported)')
  const record = await lastRecord(join(folder.path, 'reports'))
  expect(record.steps).toMatchObject([
    { id: 'trial/stack', outcome: { kind: 'unsettled', because: 'unsupported', mend: expect.stringMatching(/./) } },
  ])
})

test('a configuration with several mistakes tells them all: exit code 3, and nothing is written', slow, async () => {
  await using folder = await configured({ stack: { web: { build: './no-such-folder' } }, htp: {}, seed: 'x' })
  const { exitCode, stdout, stderr } = await seatrial(['run'], { cwd: folder.path })
  expect([exitCode, stdout]).toEqual([3, ''])
  expect(stderr).toContain('htp')
  expect(stderr).toContain('seed')
  expect(await readdir(folder.path)).toEqual(['seatrial.config.ts'])
})

describe('a version against the last one', slow, () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nAge: ten\r\nContent-Length: 2\r\n\r\nhi'
  const pages = (url: string, paths: readonly string[]): object => ({
    stack: { web: { url } },
    http: { targets: paths.map((path) => ({ in: 'web', path })) },
  })

  test('passes with what was wrong before, and fails for what is not looked at any more', async () => {
    await using server = await rawServer(saying(answer))
    await using folder = await configured(pages(server.url, ['/', '/more']))
    const run = (args: readonly string[]): ReturnType<typeof seatrial> =>
      seatrial(['run', '--only', 'http/age', ...args], { cwd: folder.path, env: nowhere })
    expect((await run([])).exitCode).toBe(1)
    const first = (await readdir(join(folder.path, 'reports'))).find((name) => name.startsWith('20')) ?? ''
    const against = ['--against', join('reports', first)]
    expect((await run(against)).exitCode).toBe(0)

    await writeFile(
      join(folder.path, 'seatrial.config.ts'),
      `export default ${JSON.stringify(pages(server.url, ['/']))}\n`,
    )
    const { exitCode, stdout } = await run(against)
    expect(stdout).toContain('ERROR trial/against-not-looked at web /more (http/age)')
    expect(stdout).not.toContain('ERROR http/age')
    expect(exitCode).toBe(1)
  })

  test('is not compared with a run that looked at something else, or with none', async () => {
    await using server = await rawServer(saying(answer))
    await using folder = await configured(pages(server.url, ['/']))
    const options = { cwd: folder.path, env: nowhere }
    await seatrial(['run', '--only', 'http/age'], options)
    const first = (await readdir(join(folder.path, 'reports'))).find((name) => name.startsWith('20')) ?? ''
    const other = await seatrial(['run', '--profile', 'nightly', '--against', join('reports', first)], options)
    expect(other.stderr).toContain('one of profile nightly')
    const none = await seatrial(['run', '--against', 'reports/none'], options)
    expect([other.exitCode, none.exitCode]).toEqual([3, 3])
  })
})
