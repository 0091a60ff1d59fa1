import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { arch, execPath, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

const bootstrap = fileURLToPath(new URL('..', import.meta.url))

export interface FakeCheckout extends Disposable {
  readonly root: string
  readonly write: (path: string, text: string) => void
  /** Puts a shell script on PATH. */
  readonly command: (name: string, script: string) => void
  /** Starts `node ci/bootstrap/seatrial.mjs ...args`. */
  readonly start: (args: readonly string[], env?: NodeJS.ProcessEnv) => ChildProcess
  readonly environment: NodeJS.ProcessEnv
}

const lock = JSON.stringify({
  packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true } },
})
const installed = JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } })

/**
 * A checkout with the real first step and a tiny harness. In step with its lock file, and on
 * this Node, unless told otherwise.
 */
export function fakeCheckout(main: string, options: { built?: boolean; pinned?: boolean } = {}): FakeCheckout {
  const root = mkdtempSync(join(tmpdir(), 'seatrial-checkout-'))
  const write: FakeCheckout['write'] = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const script = (path: string, text: string): void => {
    write(path, `#!/bin/sh\n${text}\n`)
    chmodSync(join(root, path), 0o755)
  }
  for (const name of readdirSync(bootstrap).filter((each) => each.endsWith('.mjs'))) {
    cpSync(join(bootstrap, name), join(root, 'ci', 'bootstrap', name))
  }
  write(options.built === true ? 'dist/cli/main.js' : 'harness/cli/main.ts', main)
  write('package.json', JSON.stringify({ name: 'seatrial', type: 'module', engines: { node: '>=22.22' } }))
  if (options.built !== true) {
    write('package-lock.json', lock)
    write('node_modules/.package-lock.json', installed)
  }
  // Another path to the same Node: enough for the first step to hand over to it.
  if (options.pinned === true) script(`node_modules/node-${platform}-${arch}/bin/node`, `exec "${execPath}" "$@"`)
  const started: ChildProcess[] = []
  const environment = { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, LOCK: lock, INSTALLED: installed, ROOT: root }
  return {
    root,
    write,
    environment,
    command: (name, text) => script(`bin/${name}`, text),
    start(args, env = {}) {
      const child = spawn(execPath, [join(root, 'ci/bootstrap/seatrial.mjs'), ...args], {
        env: { ...environment, ...env },
      })
      started.push(child)
      return child
    },
    [Symbol.dispose]() {
      // Only a failing test leaves one running.
      for (const child of started) child.kill('SIGKILL')
      rmSync(root, { recursive: true, force: true })
    },
  }
}
