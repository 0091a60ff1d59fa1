import { rmSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { thisHost } from './host.mjs'
import { say } from './say.mjs'
import { startedEngine, startedEngineFile } from './started-engine.mjs'

/** `npm run engine:stop`: ends the dockerd that we started, and no other. */
const host = thisHost()
const engine = startedEngine(host)
if (engine === undefined) {
  say('no engine that Seatrial started is running; engines of others are left alone')
} else {
  say(`stopping dockerd (process ${engine.pid})`)
  process.kill(engine.pid, 'SIGTERM')
  const end = performance.now() + 30_000
  while (startedEngine(host) !== undefined && performance.now() < end) await pause(50)
  if (startedEngine(host) === undefined) rmSync(startedEngineFile(host), { force: true })
  else {
    say(`it is still running after 30 s; its log is ${engine.log}`)
    process.exitCode = 2
  }
}
