import { readFile, stat } from 'node:fs/promises'
import { Writable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { manualClock } from '../../kernel/index.ts'
import { fileOf } from '../testing/reading.ts'
import type { Exchange } from '../testing/recording.ts'
import { disk, head, plain, read, recordOf, tell } from '../testing/recording.ts'
import { lineWriter, newFile } from './line-writer.ts'
import { openRecord } from './open-record.ts'
import { openRecorder } from './open-recorder.ts'

const latin1 = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
const fields = fc
  .array(fc.tuple(fc.constantFrom('Accept', 'x-a', 'X-A', 'Set-Cookie'), latin1))
  .map((pairs) => pairs.flat())
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
)
const anyExchange: fc.Arbitrary<Exchange> = fc.record({
  asked: fc.record({ method: fc.constantFrom('GET', 'POST', 'X'), target: latin1.map((text) => `/${text}`), fields }),
  body: bytes,
  answer: fc.record({
    status: fc.integer({ min: 200, max: 999 }),
    message: latin1,
    fields,
    body: bytes,
    trailers: fields,
  }),
})

test('whatever passed is read back the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyExchange, { maxLength: 5 }), async (exchanges) => {
      const entries = await read(await recordOf(exchanges))
      expect(entries).toHaveLength(exchanges.length)
      for (const [place, entry] of entries.entries()) {
        const { asked, body, answer } = exchanges[place] ?? plain
        if (entry.is !== 'request' || typeof entry.answer === 'string') throw new Error(JSON.stringify(entry))
        expect(entry.asked).toEqual(asked)
        expect(Buffer.from(entry.body ?? []).equals(body)).toBe(true)
        const { body: content, ms: _ms, ...rest } = entry.answer
        expect(Buffer.from(content).equals(answer.body)).toBe(true)
        const { body: _body, ...wanted } = answer
        expect(rest).toEqual(wanted)
      }
    }),
  )
})

test('times, connections and the order in them are kept', async () => {
  const clock = manualClock()
  const own = disk()
  const recorder = openRecorder({ writer: lineWriter(own.to, 2 ** 20), head, maxHeld: 2 ** 20, clock })
  const [one, other] = [{}, {}]
  for (const connection of [one, other, one]) {
    clock.advance(1.5)
    tell(plain, connection, recorder)
  }
  expect(await recorder.close()).toEqual({ exchanges: 3, dropped: {}, trouble: undefined })
  const lines = own.text().toString().trim().split('\n').slice(1, -1)
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { version: 1, at: 1.5, connection: 0, order: 0, fate: 'compared equal', differences: [] },
    { at: 3, connection: 1, order: 0 },
    { at: 4.5, connection: 0, order: 1 },
  ])
})

test('killed at any byte, it is read up to there, and says that it was broken off', async () => {
  const whole = await recordOf([plain, { ...plain, body: Buffer.from('body') }, plain])
  const firstLine = whole.indexOf('\n')
  for (let at = firstLine + 1; at < whole.length - 1; at++) {
    const entries = await read(whole.subarray(0, at))
    const ended =
      whole
        .subarray(firstLine + 1, at + 1)
        .toString()
        .split('\n').length - 1
    expect(entries.filter(({ is }) => is === 'request')).toHaveLength(Math.min(3, ended))
    expect(entries.at(-1)).toMatchObject({ is: 'unread', why: expect.stringContaining('broken off') })
  }
})

test.for([
  ['no JSON', 'oops', 'no JSON'],
  ['another thing', '{"version":1}', 'no exchange'],
  ['a later version', '{"version":2,"at":1}', 'version'],
])('a line that is %s is told with its number, and the others are read', async ([, line = '', why = '']) => {
  const lines = (await recordOf([plain, plain])).toString().split('\n')
  const entries = await read(Buffer.from(lines.toSpliced(2, 0, line).join('\n')))
  expect(entries).toMatchObject([
    { is: 'request', where: 'line 2' },
    { is: 'unread', where: 'line 3', why: expect.stringContaining(why) },
    { is: 'request', where: 'line 4' },
  ])
})

test('of a content that is too large size and digest are kept, and nobody takes it for an empty one', async () => {
  const large = Buffer.alloc(1_001, 'x')
  const record = await recordOf([{ ...plain, body: large, answer: { ...plain.answer, body: large } }])
  expect(record.length).toBeLessThan(2_000)
  expect(record.toString()).toContain('"bytes":1001,"sha256":"')
  expect(await read(record)).toMatchObject([{ unplayable: 'content was not kept', answer: 'content was not kept' }])
})

test('a slow disk costs lines, which are counted, and never memory', async () => {
  const own = disk()
  own.hold()
  const recorder = openRecorder({ writer: lineWriter(own.to, 10_000), head, maxHeld: 2 ** 20 })
  for (let at = 0; at < 1_000; at++) tell(plain, {}, recorder)
  expect(own.to.writableLength).toBeLessThanOrEqual(10_000)
  own.release()
  const { exchanges, dropped } = await recorder.close()
  expect(exchanges).toBeGreaterThan(5)
  expect(dropped).toEqual({ 'the disk was slow': 1_000 - exchanges })
  const entries = await read(own.text())
  expect(entries.filter(({ is }) => is === 'request')).toHaveLength(exchanges)
  expect(entries.at(-1)).toMatchObject({ why: `${1_000 - exchanges} exchanges were never written: the disk was slow` })
})

test('a disk that fails is told', async () => {
  const to = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no space left')) })
  const recorder = openRecorder({ writer: lineWriter(to, 10_000), head, maxHeld: 2 ** 20 })
  await new Promise((resolve) => setImmediate(resolve))
  tell(plain, {}, recorder)
  expect(await recorder.close()).toEqual({ exchanges: 0, dropped: { 'the disk failed': 1 }, trouble: 'no space left' })
})

test('hiding that is slow costs exchanges, which are counted, and never memory', async () => {
  const own = disk()
  const { promise: begin, resolve } = Promise.withResolvers<void>()
  const hider = { lineOf: (line: object) => begin.then(() => JSON.stringify(line)), close: async () => undefined }
  const large = { ...head, maxBody: 2 ** 22 }
  const recorder = openRecorder({ writer: lineWriter(own.to, 2 ** 30), head: large, maxHeld: 2 ** 30, hider })
  const answer = { ...plain.answer, body: Buffer.alloc(2 ** 21, 'x') }
  for (let at = 0; at < 30; at++) tell({ ...plain, answer }, {}, recorder)
  resolve()
  const { exchanges, dropped } = await recorder.close()
  expect(exchanges).toBe(Math.floor(2 ** 26 / 2 ** 22) - 1)
  expect(dropped).toEqual({ 'hiding secrets was slow': 30 - exchanges })
})

test('hiding that fails writes nothing', async () => {
  const own = disk()
  const hider = { lineOf: () => Promise.reject(new Error('gone')), close: async () => undefined }
  const recorder = openRecorder({ writer: lineWriter(own.to, 2 ** 20), head, maxHeld: 2 ** 20, hider })
  tell(plain, {}, recorder)
  expect(await recorder.close()).toMatchObject({ exchanges: 0, dropped: { 'hiding secrets failed': 1 } })
  expect(await read(own.text())).toEqual([
    { is: 'unread', where: 'line 2', why: '1 exchanges were never written: hiding secrets failed' },
  ])
})

test('what is not finished at the end is written as far as it is known', async () => {
  const own = disk()
  const recorder = openRecorder({ writer: lineWriter(own.to, 2 ** 20), head, maxHeld: 2 ** 20 })
  recorder.begin(plain.asked, {})
  await recorder.close()
  expect(await read(own.text())).toMatchObject([{ asked: plain.asked, answer: 'no whole answer was recorded' }])
})

test('a file is made for its owner alone, and none is overwritten', async () => {
  await using folder = await fileOf('there')
  await expect(newFile(folder.path, '--out')).rejects.toMatchObject({
    code: 'SEATRIAL_USAGE',
    message: expect.stringContaining('there'),
  })
  await expect(newFile(`${folder.path}/below`, '--out')).rejects.toMatchObject({ code: 'SEATRIAL_USAGE' })
  const path = `${folder.path}.new`
  const { format: _format, version: _version, secrets: _secrets, ...rest } = head
  const record = await openRecord(path, { name: '--out', head: rest, maxHeld: 1_000 })
  await record.close()
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readFile(path, 'utf8')).toMatch(
    /^\{"format":"seatrial-record","version":1,.*"secrets":"kept"\}\n\{"version":1,"end":/,
  )
  await record.discard()
  await expect(stat(path)).rejects.toThrow('ENOENT')
})
