import { createInterface } from 'node:readline'

/**
 * Reads the progress of a build or a pull to its end. The engine answers 200 before it begins, so
 * a failure is one more line of the stream: `{"error": "..."}`. The client library's own
 * follower passes it by.
 *
 * @param heard called for every line, with the text of a build step or an empty string
 * @throws Error with the engine's words; the signal's reason when aborted
 */
export async function followProgress(
  stream: NodeJS.ReadableStream,
  heard: (text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const lines = createInterface({ input: stream })
  const aborted = Promise.withResolvers<never>()
  const stop = (): void => aborted.reject(signal?.reason)
  stream.on('error', aborted.reject)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([aborted.promise, readAll(lines, heard)])
  } finally {
    signal?.removeEventListener('abort', stop)
    lines.close()
  }
}

async function readAll(lines: AsyncIterable<string>, heard: (text: string) => void): Promise<void> {
  let failure: string | undefined
  for await (const line of lines) {
    if (line.trim() === '') continue
    const event: unknown = JSON.parse(line)
    if (typeof event !== 'object' || event === null) continue
    heard('stream' in event ? String(event.stream) : '')
    if ('error' in event) failure ??= String(event.error)
  }
  if (failure !== undefined) throw new Error(failure)
}
