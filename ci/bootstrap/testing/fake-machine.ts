import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Host } from '../host.mjs'
import { finished } from './process.ts'
import type { Finished } from './process.ts'

const bootstrap = fileURLToPath(new URL('..', import.meta.url))

/** What the fake engine does when asked to pull the base image. */
type Pull = 'refuses' | 'works'

export interface FakeMachine extends Disposable {
  readonly folder: string
  readonly host: Host
  /** Puts a shell script on PATH; each call of it is written down. */
  readonly command: (name: string, script?: string) => void
  /** Puts `dockerd` on PATH, as a small real server on the socket of the host. */
  readonly engineCommand: (options?: { pull?: Pull; image?: boolean; name?: string }) => void
  /** Calls of commands and requests to the engine, in order. */
  readonly calls: () => string[]
  /** Runs `prepare(host, wanted)` of the bootstrap in a process of its own. */
  readonly prepare: (wanted: readonly string[], changes?: Partial<Host>) => Promise<Finished>
  /** Runs `stopEngine(host)`. */
  readonly stopEngine: () => Promise<Finished>
}

/**
 * A machine made of a folder: PATH holds nothing but what a test puts there, the engine's socket,
 * its log and what we remember of it lie inside. Debian, root, no engine, unless told otherwise.
 */
export function fakeMachine(changes: Partial<Host> = {}): FakeMachine {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-fake-'))
  const bin = join(folder, 'bin')
  const calls = join(folder, 'calls')
  for (const each of [bin, join(folder, 'lists')]) mkdirSync(each)
  writeFileSync(join(folder, 'lists', 'mirror_Packages'), '')
  const host: Host = {
    env: { PATH: bin, CALLS: calls, TMPDIR: folder },
    platform: 'linux',
    home: folder,
    root: true,
    mayInstall: true,
    distribution: 'debian',
    systemd: false,
    runtimeFolder: join(folder, 'runtime'),
    podmanSocket: join(folder, 'podman.sock'),
    engineSocket: join(folder, 'docker.sock'),
    enginePidFile: join(folder, 'docker.pid'),
    aptLists: join(folder, 'lists'),
    stateFolder: join(folder, 'state'),
    logFolder: join(folder, 'log'),
    ...changes,
  }
  const command: FakeMachine['command'] = (name, script = 'exit 0') => {
    const file = join(bin, name)
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${calls}"\n${script}\n`)
    chmodSync(file, 0o755)
  }
  const call = (module: string, expression: string, given: Host): Promise<Finished> => {
    const program = `import * as m from ${JSON.stringify(join(bootstrap, module))}; const host = ${JSON.stringify(given)}; ${expression}`
    return finished(spawn(process.execPath, ['--input-type=module', '-e', program], { env: { TMPDIR: folder } }))
  }
  const stopEngine = (): Promise<Finished> => call('engine-stop.mjs', 'await m.stopEngine(host)', host)
  return {
    folder,
    host,
    command,
    engineCommand({ pull = 'refuses', image = false, name = 'dockerd' } = {}) {
      if (image) writeFileSync(join(folder, 'image'), 'there')
      const program = join(bootstrap, 'testing', 'fake-engine.mjs')
      command(name, `exec "${process.execPath}" "${program}" "${folder}" ${pull}`)
    },
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    prepare: (wanted, change = {}) =>
      call(
        'prepare.mjs',
        `const { complete } = await m.prepare(host, ${JSON.stringify(wanted)}); process.exitCode = complete ? 0 : 2`,
        { ...host, ...change },
      ),
    stopEngine,
    [Symbol.dispose]() {
      endLeftEngine(join(host.stateFolder, 'dockerd.json'))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function endLeftEngine(file: string): void {
  if (!existsSync(file)) return
  const started: { pid: number } = JSON.parse(readFileSync(file, 'utf8'))
  try {
    process.kill(started.pid, 'SIGKILL')
  } catch {
    // The test has ended it.
  }
}
