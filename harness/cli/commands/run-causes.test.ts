import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lastRecord, scratchFolder, seatrial, slow } from '../../../fixtures/seatrial.ts'
import { rawServer, saying } from '../../../fixtures/servers/raw.ts'

// A server that runs already and files of a host need no engine, and there is none here.
const nowhere = { DOCKER_HOST: 'unix:///nonexistent.sock' }
const root = '0a1b2c3d-0000-4000-8000-00000000000a'
const data = '0a1b2c3d-0000-4000-8000-00000000000b'

/** A deployment whose database works on a mount: its site, and the files of its host, with this line in fstab. */
async function deployment(url: string, line: string, depends: object) {
  const folder = await scratchFolder()
  const files: Readonly<Record<string, string>> = {
    'host/etc/fstab': `UUID=${root} / ext4 defaults 0 1\n${line}\n`,
    'seatrial.config.json': JSON.stringify({
      stack: { web: { url } },
      http: { probes: false, targets: [{ in: 'web', path: '/', expect: { answer: { status: 200 } } }] },
      boot: {
        files: [
          {
            name: 'db-1',
            path: './host',
            declared: { mounts: [{ at: '/data' }] },
          },
        ],
      },
      depends,
    }),
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, name)), { recursive: true })
    await writeFile(join(folder.path, name), content)
  }
  await mkdir(join(folder.path, 'host/data'))
  return folder
}

const bad = saying('HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nbad')
const depends = {
  'site:shop': {
    needs: ['service:db'],
    seen: [{ rule: 'http/expected-answer-status-unmet', subject: 'web /' }],
  },
  'service:db': ['mount:/data'],
}

describe('a site that answers 502 in front of a host whose data is not mounted', slow, () => {
  test('is put on the line of fstab, by way of the service that nobody looked at', async () => {
    await using server = await rawServer(bad)
    await using folder = await deployment(server.url, `UUID=${data} /data ext4 noauto 0 2`, depends)
    const { exitCode, stdout, stderr } = await seatrial(['run'], { cwd: folder.path, env: nowhere })
    expect([exitCode, stderr.includes('Error')]).toEqual([1, false])
    const { diagnosis } = await lastRecord(join(folder.path, 'reports'))
    expect(diagnosis?.causes[0]).toMatchObject({
      thing: 'mount:/data on db-1',
      state: 'down',
      score: 1,
      explains: [{ thing: 'site:shop', state: 'down', via: ['service:db'] }],
    })
    expect(diagnosis?.causes[0]?.evidence).toContainEqual({
      from: 'boot/mount-declared-noauto at /etc/fstab:2',
      line: 'Line 2 of /etc/fstab has noauto, so that /data stays empty after a boot.',
    })
    expect(stdout).toContain('MOST LIKELY CAUSES OF 2 THINGS THAT ARE DOWN')
    expect(stdout).not.toContain('ERROR http/expected-answer-status-unmet')
  })

  test('is its own cause when the files are well: what it needs is suspected, because nobody looked', async () => {
    await using server = await rawServer(bad)
    await using folder = await deployment(server.url, `UUID=${data} /data ext4 defaults 0 2`, depends)
    await seatrial(['run'], { cwd: folder.path, env: nowhere })
    const { diagnosis } = await lastRecord(join(folder.path, 'reports'))
    expect(diagnosis?.causes.map(({ thing, state }) => `${thing} ${state}`)).toEqual([
      'site:shop down',
      'service:db not-looked-at',
      'mount:/data on db-1 not-looked-at',
    ])
  })

  test('is a wrong question when it needs what nobody knows: exit code 3, with the name that was meant', async () => {
    await using folder = await deployment('http://127.0.0.1:9/', '', { 'site:shop': ['mount:/dta'] })
    const { exitCode, stderr } = await seatrial(['run'], { cwd: folder.path, env: nowhere })
    expect(exitCode).toBe(3)
    expect(stderr).toContain('depends["site:shop"][0]')
    expect(stderr).toContain('Did you mean "mount:/data"?')
  })
})
