import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { followProgress } from './progress.ts'

test('every step of a build is heard, however the stream is cut', async () => {
  const heard: string[] = []
  const stream = Readable.from(['{"stream":"Step 1"}\r\n{"str', 'eam":"Step 2"}\r\n\r\n', '{"aux":{"ID":"x"}}'])
  await followProgress(stream, (text) => heard.push(text))
  expect(heard).toEqual(['Step 1', 'Step 2', ''])
})

test('a failure inside a stream that began well is thrown', async () => {
  const stream = Readable.from(['{"stream":"Step 1"}\n', '{"error":"exit code 7","errorDetail":{}}\n'])
  await expect(followProgress(stream, () => undefined)).rejects.toThrow('exit code 7')
})

test('a stream that breaks off is thrown, and one that says nothing ends with the signal', async () => {
  const broken = new PassThrough()
  const following = followProgress(broken, () => undefined)
  broken.destroy(new Error('connection reset'))
  await expect(following).rejects.toThrow('connection reset')
  const silent = followProgress(new PassThrough(), () => undefined, AbortSignal.timeout(20))
  await expect(silent).rejects.toThrow('aborted due to timeout')
})
