import { spawn } from 'node:child_process'
import process from 'node:process'

/** @typedef {{ command: string, ok: boolean, output: string, ended: string }} Ran */

const keptCharacters = 64 * 1024

/**
 * Runs a command with a time limit and without standard input. Never throws: a command that
 * is not there, fails, or takes too long is an answer.
 *
 * @param {readonly [string, ...string[]]} command
 * @param {{ limitMs: number, env: NodeJS.ProcessEnv, cwd?: string }} options
 * @returns {Promise<Ran>}
 */
export function run([file, ...args], { limitMs, env, cwd }) {
  return new Promise((resolve) => {
    let output = ''
    let late = false
    // Before the command is there: a signal in the moment of its start must not leave it behind.
    const forget = passSignals(() => child.pid)
    // A process group of its own, so that a time limit ends the children of the command too.
    const child = spawn(file, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-keptCharacters)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const timers = [
      setTimeout(() => {
        late = true
        endGroup(child.pid, 'SIGTERM')
      }, limitMs),
      setTimeout(() => endGroup(child.pid, 'SIGKILL'), limitMs + 2_000),
    ]
    const end = (/** @type {boolean} */ ok, /** @type {string} */ ended) => {
      timers.forEach(clearTimeout)
      forget()
      resolve({ command: [file, ...args].join(' '), ok, output, ended })
    }
    child.on('error', (error) => end(false, `could not be started: ${error.message}`))
    child.on('close', (code, signal) => {
      if (late) end(false, `took longer than ${limitMs / 1000} s`)
      else end(code === 0, signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`)
    })
  })
}

/**
 * What was run, how it ended, and of its output the first complaints and the last lines.
 *
 * @param {Ran} ran
 */
export function describe(ran) {
  const lines = ran.output.split('\n').filter((line) => line.trim() !== '')
  const complaints = lines.filter((line) => /error|fatal|^E:/i.test(line)).slice(0, 4)
  const last = lines.slice(-8)
  const shown = [...complaints.filter((line) => !last.includes(line)), ...last]
  return [`\`${ran.command}\` ${ran.ended}`, ...shown.map((line) => `    ${line}`)].join('\n')
}

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
function endGroup(pid, signal) {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone, which is what was wanted.
  }
}

/**
 * A signal for us ends the command as well: it is in a group of its own and would stay behind.
 * @param {() => number | undefined} pidOf
 */
function passSignals(pidOf) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    endGroup(pidOf(), signal)
    forget()
    process.kill(process.pid, signal)
  }
  const forget = () => signals.forEach((signal) => process.removeListener(signal, pass))
  signals.forEach((signal) => process.once(signal, pass))
  return forget
}
