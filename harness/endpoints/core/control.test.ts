import { expect, test } from 'vitest'
import { createEndpoint } from './create.ts'

/** The status and the JSON of an answer of the control channel. */
async function controlled(path: string, body: string): Promise<{ status: number; said: unknown }> {
  const endpoint = await createEndpoint('ec2', { clock: 'manual:2026-01-01T00:00:00Z' })
  const request = { method: 'POST', target: path, host: 'localhost', scheme: 'http', fields: [] } as const
  const delivery = await endpoint.answer({ ...request, body: new TextEncoder().encode(body) })
  if (delivery.kind !== 'reply') throw new Error(`${path} was answered by a ${delivery.kind}`)
  return { status: delivery.reply.status, said: JSON.parse(String(delivery.reply.body)) }
}

test('a clock moves by the milliseconds that it is told', async () => {
  expect(await controlled('/_seatrial/clock', '{ "advanceMs": 1500 }')).toEqual({
    status: 200,
    said: { now: '2026-01-01T00:00:01.500Z' },
  })
})

test.each([
  ['nothing', ''],
  ['a bare number', '1500'],
  ['another word for it', '{ "advance": 1500 }'],
  ['a text', '{ "advanceMs": "1500" }'],
])('a clock that is told %s says what it wants, and does not pass for one that was moved', async (_, body) => {
  expect(await controlled('/_seatrial/clock', body)).toEqual({
    status: 400,
    said: { error: 'advanceMs is no number', mend: 'Send { "advanceMs": 1000 }.' },
  })
})

test('what is no JSON is told to be none', async () => {
  expect(await controlled('/_seatrial/clock', '{')).toMatchObject({
    status: 400,
    said: { mend: 'Send a JSON object, or no body.' },
  })
})
