import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { manualClock } from '../../kernel/index.ts'
import { createRedactor } from '../../record/index.ts'
import type { Answer, Asked } from '../exchange.ts'
import type { Exchange } from '../testing/recording.ts'
import { plain, read, recordOf } from '../testing/recording.ts'
import { hideSecrets } from './hide-secrets.ts'
import type { Hider } from './open-recorder.ts'

describe('a secret', () => {
  const redact = createRedactor({ secrets: [] })
  const hider: Hider = {
    lineOf: async (exchange) => JSON.stringify(hideSecrets(exchange, redact)),
    close: async () => undefined,
  }
  const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'
  const asking = (asked: Partial<Asked>, body = ''): Exchange => ({
    ...plain,
    asked: { ...plain.asked, ...asked },
    body: Buffer.from(body),
  })
  const answering = (answer: Partial<Answer>): Exchange => ({ ...plain, answer: { ...plain.answer, ...answer } })

  test.for<[name: string, exchange: Exchange, wanted: object]>([
    [
      'in Authorization',
      asking({ fields: ['Authorization', `Bearer ${token}`, 'X-A', '1'] }),
      { isStripped: true, asked: { fields: ['X-A', '1'] } },
    ],
    ['in a cookie', asking({ fields: ['cookie', `a=${token}; b=1`] }), { isStripped: true, asked: { fields: [] } }],
    ['in a query', asking({ target: `/?token=${token}` }), { unplayable: 'secrets were hidden' }],
    ['in content', asking({}, `{"password":"${token}"}`), { unplayable: 'secrets were hidden' }],
    [
      'in an answer',
      answering({ body: Buffer.from(`{"access_token":"${token}"}`) }),
      { answer: 'secrets were hidden' },
    ],
    ['in Set-Cookie', answering({ fields: ['Set-Cookie', `sid=${token}; Path=/`] }), { answer: 'secrets were hidden' }],
    [
      'in compressed content',
      answering({ body: gzipSync(`{"access_token":"${token}"}`), fields: ['Content-Encoding', 'gzip'] }),
      { answer: 'secrets were hidden' },
    ],
    [
      'in content that nobody can open',
      answering({ body: Buffer.from(token), fields: ['Content-Encoding', 'secret-coding'] }),
      { answer: 'secrets were hidden' },
    ],
    [
      'beside bytes',
      answering({ body: Buffer.concat([Buffer.from([0xff]), Buffer.from(token)]) }),
      { answer: 'secrets were hidden' },
    ],
  ])('%s is not in the file, and the line says so', async ([, exchange, wanted]) => {
    const record = await recordOf([exchange], { hider })
    expect(record.includes(token)).toBe(false)
    expect(record.toString('utf8')).not.toContain(Buffer.from(token).toString('base64').slice(2, -4))
    expect(await read(record)).toMatchObject([wanted])
    const kept = await recordOf([exchange])
    expect(await read(kept)).toMatchObject([{ asked: exchange.asked, answer: exchange.answer, isStripped: false }])
  })

  test('that is none leaves everything as it is', async () => {
    const exchange = answering({ body: gzipSync('nothing to hide'), fields: ['Content-Encoding', 'gzip'] })
    expect(await recordOf([exchange], { hider, clock: manualClock() })).toEqual(
      await recordOf([exchange], { clock: manualClock() }),
    )
  })
})
