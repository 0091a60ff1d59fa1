import process from 'node:process'
import { stopEngine } from './engine-stop.mjs'
import { thisHost } from './host.mjs'
import { sayTrouble } from './say.mjs'

/** `npm run engine:stop`. */
try {
  await stopEngine(thisHost())
} catch (error) {
  sayTrouble(error)
  process.exitCode = 2
}
