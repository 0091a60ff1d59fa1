import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../../harness/kernel/index.ts'
import { fakeCheckout } from './testing/fake-checkout.ts'
import { finished, listen, says } from './testing/process.ts'

const tellsArguments = `console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7`

const waitsForSignal = `
process.on('SIGTERM', () => { console.log('ended in order'); process.exit(143) })
setInterval(() => {}, 1000)
console.log('up')`

describe.for([
  ['in this process, which is on the right Node already', { pinned: false }],
  ['in the pinned Node', { pinned: true }],
] as const)('the harness runs %s', ([, options]) => {
  test('with the arguments it was given, and its exit code is ours', async () => {
    using checkout = fakeCheckout(tellsArguments, options)
    const { code, stdout, stderr } = await finished(checkout.start(['http', '--x y', '']))
    expect({ code, stdout, stderr }).toEqual({ code: 7, stdout: '["http","--x y",""]\n', stderr: '' })
  })

  test('and a SIGTERM reaches it, so that it ends in order', async () => {
    using checkout = fakeCheckout(waitsForSignal, options)
    const child = checkout.start([])
    const heard = listen(child)
    await says(heard.stdout, 'up')
    child.kill('SIGTERM')
    expect(await finished(child, heard)).toMatchObject({ code: 143, stdout: 'up\nended in order\n' })
  })

  test('and a signal that ends it ends us by the same signal', async () => {
    using checkout = fakeCheckout(`process.kill(process.pid, 'SIGKILL')`, options)
    expect(await finished(checkout.start([]))).toMatchObject({ code: null, signal: 'SIGKILL' })
  })

  test('and ends in order when npm, which started it, is killed', async () => {
    using checkout = fakeCheckout(waitsForSignal, options)
    // A shell in the place of npm; "; true" keeps it from handing its own process over.
    const entry = join(checkout.root, 'ci/bootstrap/seatrial.mjs')
    const npm = spawn('/bin/sh', ['-c', `"${process.execPath}" "${entry}"; true`], {
      env: { ...checkout.environment, npm_lifecycle_event: 'start' },
    })
    const heard = listen(npm)
    await says(heard.stdout, 'up')
    npm.kill('SIGKILL')
    await says(heard.stdout, 'ended in order')
    expect((await finished(npm, heard)).signal).toBe('SIGKILL')
  })
})

describe('the packages of a checkout', () => {
  const npm = `echo "$*" >> "$ROOT/npm-calls"; printf '%s' "$INSTALLED" > "$ROOT/node_modules/.package-lock.json"`

  test('that are in step are left alone, though an optional one of another platform is missing', async () => {
    using checkout = fakeCheckout(tellsArguments)
    checkout.command('npm', npm)
    await finished(checkout.start([]))
    expect(existsSync(join(checkout.root, 'npm-calls'))).toBe(false)
  })

  test.for([
    ['were never installed', undefined],
    ['are of another version', '{"packages":{"node_modules/a":{"version":"0.9.0"}}}'],
    ['were installed halfway', '{"packages":'],
    ['hold what the lock file has not', '{"packages":{"node_modules/a":{"version":"1.0.0"},"node_modules/c":{}}}'],
  ])('that %s are installed by npm ci, said before it is done', async ([, hidden]) => {
    using checkout = fakeCheckout(tellsArguments)
    checkout.command('npm', npm)
    checkout.write('node_modules/.package-lock.json', hidden ?? '')
    const { code, stdout, stderr } = await finished(checkout.start(['run']))
    expect(stderr).toMatch(
      /^seatrial: installing the packages of this checkout into node_modules: npm ci\nseatrial: installed in .* s\n$/,
    )
    expect({ code, stdout }).toEqual({ code: 7, stdout: '["run"]\n' })
  })

  test('are installed once by two that start at the same time', async () => {
    using checkout = fakeCheckout(tellsArguments)
    checkout.write('node_modules/.package-lock.json', '')
    checkout.command('npm', `until [ -e "$ROOT/go" ]; do :; done; ${npm}`)
    const first = checkout.start([])
    const firstHeard = listen(first)
    await says(firstHeard.stderr, 'npm ci')
    const second = checkout.start([])
    const secondHeard = listen(second)
    await says(secondHeard.stderr, `another process (${first.pid}@`)
    checkout.write('go', '')
    expect((await finished(first, firstHeard)).code).toBe(7)
    const { code, stderr } = await finished(second, secondHeard)
    expect(code).toBe(7)
    expect(stderr).not.toContain('installing')
  })

  test('are installed although a killed process left its lock behind', async () => {
    using checkout = fakeCheckout(tellsArguments)
    checkout.write('node_modules/.package-lock.json', '')
    checkout.command('npm', `kill -9 $PPID`)
    expect((await finished(checkout.start([]))).signal).toBe('SIGKILL')
    expect(existsSync(join(checkout.root, '.install-lock'))).toBe(true)
    checkout.command('npm', npm)
    expect((await finished(checkout.start([]))).code).toBe(7)
    expect(existsSync(join(checkout.root, '.install-lock'))).toBe(false)
  })

  test('that cannot be installed end the run with exit code 2, the last words of npm and the mend', async () => {
    using checkout = fakeCheckout(tellsArguments)
    checkout.write('node_modules/.package-lock.json', '')
    checkout.command('npm', 'echo "npm error network request failed"; exit 1')
    const { code, stdout, stderr } = await finished(checkout.start([]))
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('ended with exit code 1\n    npm error network request failed')
    expect(stderr).toContain(`to mend it: npm ci in ${checkout.root}`)
  })

  test('whose installation is ended by a signal take npm with them', async () => {
    using checkout = fakeCheckout(tellsArguments)
    checkout.write('node_modules/.package-lock.json', '')
    checkout.command('npm', 'echo $$ > "$ROOT/npm.pid"; while :; do sleep 1; done')
    const child = checkout.start([])
    const heard = listen(child)
    const pid = await waitFor(
      'npm to start',
      () => {
        const text = existsSync(join(checkout.root, 'npm.pid')) ? readPid(checkout.root) : 0
        return text > 0 ? { done: text } : { seen: heard.stderr() }
      },
      { deadlineMs: 10_000 },
    )
    child.kill('SIGTERM')
    expect((await finished(child, heard)).signal).toBe('SIGTERM')
    await waitFor('npm to be gone', () => (isAlive(pid) ? { seen: 'it runs' } : { done: true }), { deadlineMs: 5_000 })
    expect(isAlive(pid)).toBe(false)
  })
})

function readPid(root: string): number {
  return Number(readFileSync(join(root, 'npm.pid'), 'utf8'))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('the published package runs what was built, and installs nothing', async () => {
  using checkout = fakeCheckout(tellsArguments, { built: true })
  checkout.command('npm', 'echo called >> "$ROOT/npm-calls"')
  expect(await finished(checkout.start(['doctor']))).toMatchObject({ code: 7, stdout: '["doctor"]\n', stderr: '' })
  expect(existsSync(join(checkout.root, 'npm-calls'))).toBe(false)
})

test('asked to prepare what it does not know, it says what it knows, with exit code 3', async () => {
  using checkout = fakeCheckout(tellsArguments)
  expect(await finished(checkout.start(['--with', 'engin', 'run']))).toMatchObject({
    code: 3,
    stdout: '',
    stderr:
      'seatrial: --with: given "engin", wanted engine or browser\nseatrial: to mend it: seatrial --with engine run\n',
  })
})

test('this very checkout answers through it', async () => {
  const entry = new URL('seatrial.mjs', import.meta.url).pathname
  expect(await finished(spawn(process.execPath, [entry, '--version']))).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})
