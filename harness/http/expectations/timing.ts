import { z } from 'zod'
import { rfc } from '../../kernel/index.ts'
import { given, messageOfExchange } from '../message.ts'
import type { Message } from '../message.ts'
import { expectation } from './expectation.ts'
import { unless } from './seen.ts'

const budget = z.number().positive()
const reference = rfc(9110, '3.3')
const ms = (value: number): string => `${Math.round(value)} ms`

function taking(timing: Partial<Message['exchange']['timing']>): Message {
  const { exchange } = given()
  const message = messageOfExchange({ ...exchange, timing: { ...exchange.timing, ...timing } })
  // The exchange has a response: given() made it.
  return message as Message
}

const connectMs = expectation({
  id: 'timing-connect',
  value: budget.meta({ description: 'Connecting, TLS included, takes at most so many milliseconds' }),
  reference,
  wanted: (value) => `a connection within ${value} ms`,
  look: (value, { exchange }) => {
    const spent = exchange.timing.connectMs + exchange.timing.tlsMs
    return unless(spent <= value, () => ms(spent))
  },
  examples: [
    { title: 'in time', value: 10, page: taking({ connectMs: 4, tlsMs: 6 }), met: true },
    { title: 'late', value: 9, page: taking({ connectMs: 4, tlsMs: 6 }), met: false },
  ],
})

const firstByteMs = expectation({
  id: 'timing-first-byte',
  value: budget.meta({ description: 'The first byte of the answer is there within so many milliseconds' }),
  reference,
  wanted: (value) => `the first byte within ${value} ms`,
  look: (value, { exchange }) => unless(exchange.timing.firstByteMs <= value, () => ms(exchange.timing.firstByteMs)),
  examples: [
    { title: 'in time', value: 10, page: taking({ firstByteMs: 10 }), met: true },
    { title: 'late', value: 10, page: taking({ firstByteMs: 12 }), met: false },
  ],
})

const totalMs = expectation({
  id: 'timing-total',
  value: budget.meta({ description: 'The whole answer is there within so many milliseconds' }),
  reference,
  wanted: (value) => `the whole answer within ${value} ms`,
  look: (value, { exchange }) => unless(exchange.timing.totalMs <= value, () => ms(exchange.timing.totalMs)),
  examples: [
    { title: 'in time', value: 10, page: taking({ totalMs: 10 }), met: true },
    { title: 'late', value: 10, page: taking({ totalMs: 12 }), met: false },
  ],
})

export const timing = { connectMs, firstByteMs, totalMs }
