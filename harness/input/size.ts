import { z } from 'zod'

const wrong = { error: 'wanted a size: a number of bytes, or a text such as "512k", "16m", "1g"' }

/** A size as people write it: a number of bytes, or a text such as `16m`, which is 16 MiB. */
export const size = z.union([z.int(wrong).positive(wrong), z.string(wrong).regex(/^[1-9]\d*[kmg]?$/, wrong)], wrong)

/** Bytes of a size. */
export function bytesOf(given: number | string): number {
  if (typeof given === 'number') return given
  const unit = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[given.at(-1) ?? ''] ?? 1
  return Number.parseInt(given, 10) * unit
}
