import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunScope } from '../run-scope.ts'
import { openRun } from '../run-scope.ts'
import { fixtureImage } from '../fixture-image.ts'
import type { StartedContainer } from './container.ts'
import { startContainer } from './container.ts'
import { requireEngine } from './engine.ts'
import { callEngine } from './engine-call.ts'
import { listLabelled } from './leftovers.ts'

let run: RunScope
let image: string
let web: StartedContainer

beforeAll(async () => {
  run = await openRun()
  image = await fixtureImage('probe-target')
  web = await startContainer(
    {
      name: 'web',
      image,
      ports: [8080],
      env: { GREETING: 'ahoy' },
      files: {
        '/www/page.html': 'a page',
        '/usr/local/bin/hello': { content: '#!/bin/sh\necho hello\n', mode: 0o755 },
      },
      tmpfs: { '/small': 1024 * 1024 },
      wait: { http: '/page.html', status: 200 },
    },
    run,
  )
}, 60_000)

afterAll(() => run[Symbol.asyncDispose]())

async function get(machine: StartedContainer, path: string): Promise<string> {
  const { host, port } = await machine.address(8080)
  return (await fetch(`http://${host}:${port}${path}`, { signal: AbortSignal.timeout(2_000) })).text()
}

describe('a started container', () => {
  test('answers on loopback, on no other address of this machine', async () => {
    expect(await get(web, '/page.html')).toBe('a page')
    expect((await web.address(8080)).host).toBe('127.0.0.1')
    const { body } = await callEngine((await requireEngine()).endpoint, 'GET', `/containers/json?filters=${filters()}`)
    expect(JSON.stringify(body)).not.toMatch(/"IP":"(?!127\.0\.0\.1")/)
  })

  test('runs a command and keeps its exit code and both of its streams apart', async () => {
    const script = 'echo out; echo err >&2; echo "$GREETING $MORE" ; pwd; id -u; exit 3'
    const result = await web.exec(['sh', '-c', script], { env: { MORE: 'x' }, workingDirectory: '/www', user: '65534' })
    expect(result).toEqual({ exitCode: 3, stdout: 'out\nahoy x\n/www\n65534\n', stderr: 'err\n' })
  })

  test('has its files before its first process starts, with the mode that was asked for', async () => {
    expect(await web.exec(['hello'])).toMatchObject({ exitCode: 0, stdout: 'hello\n' })
  })

  test('gives back every byte that was written to a file, on its disk and on a tmpfs', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256)
    for (const path of ['/srv/new/folder/bytes', '/small/bytes']) {
      await web.writeFile(path, bytes)
      expect(Buffer.compare(await web.readFile(path), bytes)).toBe(0)
    }
  })

  test('keeps owner and mode of a file that is written again', async () => {
    await web.exec(['sh', '-c', 'echo old > /srv/app.conf; chmod 640 /srv/app.conf; chown 33:33 /srv/app.conf'])
    await web.writeFile('/srv/app.conf', 'new')
    expect((await web.exec(['stat', '-c', '%a %u %g %s', '/srv/app.conf'])).stdout).toBe('640 33 33 3\n')
  })

  test('says which file cannot be read, and why', async () => {
    await expect(web.readFile('/no/such/file')).rejects.toThrow(/cannot read \/no\/such\/file in web: .*No such file/)
    await expect(web.readFile('/www')).rejects.toThrow(/cannot read \/www in web: .*directory/)
    await expect(web.writeFile('/proc/version', 'x')).rejects.toThrow(/cannot write \/proc\/version in web/)
  })

  test('can be read and written while it is down, through links too', async () => {
    await using box = await startContainer({ name: 'box', image, ports: [8080] }, run)
    await box.exec(['ln', '-s', '../www/index.html', '/srv/link'])
    await box.kill()
    expect(Buffer.from(await box.readFile('/srv/link')).toString()).toBe('ready\n')
    await box.writeFile('/www/index.html', 'mended')
    await expect(box.exec(['true'])).rejects.toThrow('box cannot run true: it exited with 137')
    await expect(box.address(8080)).rejects.toMatchObject({ code: 'SEATRIAL_NO_ADDRESS', mend: /stopped or cut off/ })
    await box.start()
    expect(await get(box, '/')).toBe('mended')
  })

  test('keeps its log, and says which port it does not publish', async () => {
    await get(web, '/logged')
    expect(await web.logs()).toContain('url:/logged')
    await expect(web.address(9090)).rejects.toThrow('port 9090 of web does not answer here; its ports: 8080')
  })

  test('takes a signal other than KILL and lives on', async () => {
    await web.kill('SIGWINCH')
    expect(await get(web, '/')).toBe('ready\n')
  })

  test('can be stopped twice and started twice', async () => {
    await using box = await startContainer({ name: 'box', image, ports: [8080] }, run)
    await box.kill()
    await box.stop()
    await box.start()
    await box.start()
    expect(await get(box, '/')).toBe('ready\n')
  })
})

describe('a container that does not come up', () => {
  test('that ends at once is told with its exit code and its last log lines, at once', async () => {
    const began = performance.now()
    const command = ['sh', '-c', 'echo config line 3 is wrong; exit 4']
    const failure = startContainer({ name: 'bad', image, ports: [8080], command }, run)
    await expect(failure).rejects.toThrow(/bad \(.*\) did not start: .*exited.* with 4[^]*config line 3 is wrong/)
    expect(performance.now() - began).toBeLessThan(8_000)
  })

  test('that is never ready is told with what was waited for and last seen', async () => {
    const failure = startContainer(
      // Time for one look at least, on a busy machine too.
      { name: 'deaf', image, ports: [8080], command: ['sleep', '60'], startupMs: 3_000 },
      run,
    )
    await expect(failure).rejects.toMatchObject({
      code: 'SEATRIAL_CONTAINER_FAILED',
      because: 'setup',
      message: expect.stringMatching(
        /for deaf to be ready \(port 8080 listens\); last saw: nothing listens on port 8080/,
      ),
    })
  })

  test('that listens on its own loopback only is told so', async () => {
    const command = ['busybox', 'httpd', '-f', '-p', '127.0.0.1:8080', '-h', '/www']
    const failure = startContainer({ name: 'shy', image, ports: [8080], command, startupMs: 3_000 }, run)
    await expect(failure).rejects.toThrow("port 8080 listens on the container's own loopback only")
  })

  test('leaves no container behind', async () => {
    const { endpoint } = await requireEngine()
    const ids = async (): Promise<string[]> =>
      (await listLabelled(endpoint, `seatrial.run=${run.id}`)).map(({ id }) => id).toSorted()
    const before = await ids()
    await expect(startContainer({ name: 'bad', image, command: ['/nope'] }, run)).rejects.toThrow('did not start')
    expect(await ids()).toEqual(before)
  })

  test('because there is no such image is told with the image', async () => {
    const failure = startContainer({ name: 'x', image: 'seatrial.invalid/none:1' }, run)
    await expect(failure).rejects.toMatchObject({ code: 'SEATRIAL_NO_IMAGE', because: 'setup' })
  }, 30_000)

  test('stops starting when it is told to', async () => {
    const signal = AbortSignal.timeout(400)
    const failure = startContainer({ name: 'slow', image, ports: [8080], command: ['sleep', '60'] }, run, { signal })
    await expect(failure).rejects.toThrow('aborted due to timeout')
  })
})

describe('waits', () => {
  test.each([
    [{ log: 'now I am ready' }, ['sh', '-c', 'sleep 0.3; echo now I am ready; touch /tmp/up; sleep 60']],
    [{ command: ['test', '-e', '/tmp/up'] }, ['sh', '-c', 'sleep 0.3; touch /tmp/up; sleep 60']],
  ] as const)('%j holds the start back until it is true', async (wait, command) => {
    await using box = await startContainer({ name: 'box', image, command, wait }, run)
    expect((await box.exec(['ls', '/tmp/up'])).stdout).toBe('/tmp/up\n')
  })
})

function filters(): string {
  return encodeURIComponent(JSON.stringify({ label: [`seatrial.run=${run.id}`] }))
}
