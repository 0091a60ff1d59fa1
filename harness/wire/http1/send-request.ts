import type { Socket } from 'node:net'
import type { Errand } from '../carrier.ts'
import type { Expectation } from '../exchange.ts'
import type { ResponseReader } from './response-reader.ts'
import type { SocketWatch } from './socket-watch.ts'
import { headOf, writeAll } from './write-request.ts'

/** How far the sending has come. */
export interface Sending {
  /** All of it is out. */
  readonly sent: boolean
  readonly expectation: Expectation | undefined
}

/**
 * Sends in the background while the answer is read, and stops at a final answer. With
 * `expectContinueMs`, the body waits for a 100 (RFC 9110 section 10.1.1).
 */
export function sendRequest(errand: Errand, socket: Socket, watch: SocketWatch, reader: ResponseReader): Sending {
  const { request, expectContinueMs, deadline } = errand
  const state: { sent: boolean; expectation: Expectation | undefined } = {
    sent: false,
    expectation: expectContinueMs === undefined ? undefined : 'withheld',
  }
  const wanted = (): boolean => !reader.done && reader.head === undefined && !watch.over
  const continued = (): boolean => reader.interim.some(({ status }) => status === 100)

  const write = async (): Promise<void> => {
    const head = request.raw ?? headOf(request)
    const body = request.raw === undefined ? request.body : new Uint8Array()
    if (expectContinueMs === undefined) {
      state.sent = await writeAll(socket, body.length === 0 ? head : Buffer.concat([head, body]), wanted)
      return
    }
    if (!(await writeAll(socket, head, wanted))) return
    await watch.until(() => continued() || !wanted(), deadline, expectContinueMs)
    if (!wanted() || deadline.stopped !== undefined) return
    state.expectation = continued() ? 'continued' : 'waited'
    state.sent = await writeAll(socket, body, wanted)
  }
  void write()
  return state
}
