import { z } from 'zod'

const wrong = { error: 'wanted a size: a number of bytes, or a text such as "512k", "16m", "10MiB", "1g"' }

/** A size as people write it: a number of bytes, or a text such as `16m` or `16MiB`, which are the same. */
export const size = z.union(
  [z.int(wrong).positive(wrong), z.string(wrong).regex(/^[1-9]\d*(?:[kmg](?:ib)?)?$/i, wrong)],
  wrong,
)

/** Bytes of a size. */
export function bytesOf(given: number | string): number {
  if (typeof given === 'number') return given
  const unit = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[/[kmg]/i.exec(given)?.[0].toLowerCase() ?? ''] ?? 1
  return Number.parseInt(given, 10) * unit
}
