import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startOrigin } from '../../fixtures/servers/origin.ts'

/**
 * How long `seatrial http` takes as a command, from start to verdict, against a healthy page on
 * loopback: with all probes, and with one plain answer only, which is mostly the start itself.
 *
 *     node ci/bench/http-probes.ts
 */
const command = fileURLToPath(new URL('../bootstrap/seatrial.mjs', import.meta.url))
const run = promisify(execFile)
const rounds = 7

/** Median wall time of the command, milliseconds. The first round fills the compile cache and does not count. */
async function timeOf(args: readonly string[]): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now()
    // Any exit code but 0 throws: a page that could not be looked at is no measurement.
    await run(process.execPath, [command, 'http', ...args])
    if (round > 0) times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}

await using origin = await startOrigin()
const { stdout } = await run(process.execPath, [command, 'http', origin.url, '--format', 'json'])
const record: { readonly steps: readonly unknown[] } = JSON.parse(stdout)
const alone = await timeOf([origin.url, '--no-probes'])
const whole = await timeOf([origin.url])
process.stdout.write(
  `${Math.round(alone)} ms for the command with one plain answer, ` +
    `${Math.round(whole)} ms with all ${record.steps.length - 1} probes (median of ${rounds})\n`,
)
