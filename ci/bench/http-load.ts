import { once } from 'node:events'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import process from 'node:process'

/**
 * Asks one URL over kept connections, in a process of its own, and prints what came of it as JSON.
 *
 *     node ci/bench/http-load.ts URL CONNECTIONS SECONDS [RATE]
 *
 * Without a rate each connection asks again as soon as it was answered. With one, requests are due at that many a second
 * whatever the answers do, and a time counts from when its request was due: a server that stalls is not spared the wait.
 * An answer has a counted length and is whole when it ends with "!".
 */
export interface Load {
  readonly due: number
  readonly answered: number
  readonly seconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const [, , address = '', connectionsText = '1', secondsText = '1', rateText] = process.argv
const url = new URL(address)
const connections = Number(connectionsText)
const endsAt = performance.now() + Number(secondsText) * 1_000
const began = performance.now()
const rate = rateText === undefined ? undefined : Number(rateText)
const request = `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nUser-Agent: load\r\n\r\n`
const times: number[] = []
let due = 0

await Promise.all(Array.from({ length: connections }, (_, at) => drive(at)))
times.sort((a, b) => a - b)
const load: Load = {
  due,
  answered: times.length,
  seconds: (performance.now() - began) / 1_000,
  p50: times[Math.floor(times.length * 0.5)] ?? 0,
  p99: times[Math.floor(times.length * 0.99)] ?? 0,
}
process.stdout.write(`${JSON.stringify(load)}\n`)
process.exit()

async function drive(connection: number): Promise<void> {
  const socket = connect(Number(url.port || 80), url.hostname).setNoDelay(true)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  let since: number | undefined
  const queue: number[] = []
  const send = (from: number): void => {
    since = from
    socket.write(request)
  }
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const next = (): void => {
    const waiting = queue.shift()
    if (waiting !== undefined) send(waiting)
    else if (rate === undefined && performance.now() < endsAt) {
      due++
      send(performance.now())
    }
  }
  socket.on('data', (chunk: Buffer) => {
    const isWhole = chunk.at(-1) === 0x21
    if (!isWhole || since === undefined) return
    times.push(performance.now() - since)
    since = undefined
    next()
    if (since === undefined && performance.now() >= endsAt) resolve()
  })
  if (rate === undefined) next()
  else {
    const every = (1_000 * connections) / rate
    let at = began + (every * connection) / connections
    const tick = setInterval(() => {
      while (at <= performance.now() && at < endsAt) {
        due++
        if (since === undefined) send(at)
        else queue.push(at)
        at += every
      }
    }, 1)
    setTimeout(() => clearInterval(tick), endsAt - performance.now())
  }
  setTimeout(resolve, endsAt - performance.now() + 50)
  await over
  socket.destroy()
}
