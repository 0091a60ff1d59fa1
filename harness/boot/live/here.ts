import { execFile } from 'node:child_process'
import { hostname } from 'node:os'
import type { Machine } from '../../substrate/index.ts'

/** A listing of all that a large host has. */
const mostBytes = 64 * 1024 * 1024

/** The host that this process runs on, to be asked and no more. */
export function thisHost(): Pick<Machine, 'exec' | 'name'> {
  return {
    name: hostname(),
    exec: ([file, ...args]) =>
      new Promise((done, failed) => {
        execFile(file, args, { maxBuffer: mostBytes }, (error, stdout, stderr) => {
          if (error === null) done({ exitCode: 0, stdout, stderr })
          else if (typeof error.code === 'number') done({ exitCode: error.code, stdout, stderr })
          else failed(new Error(`${file} could not be run`, { cause: error }))
        })
      }),
  }
}
