import { check, rfc, rule } from '../../kernel/index.ts'
import type { Message } from '../message.ts'
import { given } from '../message.ts'

const connection = rule({
  id: 'http/http2-fields-connection',
  level: 'error',
  reference: rfc(9113, '8.2.2'),
  says: (e: { field: string }) => `An HTTP/2 response has ${e.field}, which makes it malformed.`,
  wants: 'HTTP/2 messages have no fields that speak of the connection.',
  remedy: 'Drop the field where HTTP/1.1 is turned into HTTP/2.',
})

const names = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']

/** Fields that HTTP/2 does not have (RFC 9113 section 8.2.2). */
export const http2Fields = check({
  id: 'http/http2-fields',
  rules: [connection],
  *run({ response, exchange }: Message) {
    if (exchange.response?.framing !== 'http2') return
    for (const field of names) {
      if (response.fields.has(field)) yield connection.at(`response.fields.${field}`, { field })
    }
  },
  examples: [
    { title: 'HTTP/1.1', given: given({ fields: [['Connection', 'keep-alive']] }), yields: [] },
    {
      title: 'HTTP/2',
      given: given({ fields: [['Date', 'x']], response: { framing: 'http2', version: '2' } }),
      yields: [],
    },
    {
      title: 'HTTP/2 with Keep-Alive',
      given: given({ fields: [['Keep-Alive', 'timeout=5']], response: { framing: 'http2', version: '2' } }),
      yields: [connection],
    },
  ],
})
