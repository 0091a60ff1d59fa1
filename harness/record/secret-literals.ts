import { UsageError } from '../kernel/index.ts'

/** What stands where a secret stood. */
export const mark = '[redacted]'

/** Shorter values stand in ordinary text by chance, and hiding them would destroy it. */
const shortest = 4

/**
 * Replaces every given secret, and its percent-encoded, JSON-escaped and base64 forms, by
 * {@link mark}. The secret itself never survives.
 *
 * @throws UsageError for a secret of fewer than 4 characters; an empty one is nothing to hide
 */
export function literalRedactor(secrets: readonly string[]): (text: string) => string {
  const given = [...new Set(secrets)].filter((secret) => secret !== '')
  for (const secret of given) {
    if (secret.length >= shortest) continue
    throw new UsageError({
      path: 'secrets',
      given: `a value of ${secret.length} characters`,
      wanted: `values of at least ${shortest} characters, so that hiding one leaves ordinary text alone`,
    })
  }
  // Longest first, so that a secret that is part of another does not leave the rest of it behind.
  const forms = [...new Set(given.flatMap(formsOf))].toSorted((a, b) => b.length - a.length)
  const survivable = given.filter((secret) => !mark.includes(secret))
  return (text) => {
    let clean = text
    for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, () => mark)
    // The mark itself, beside what stood there, can spell a secret anew.
    return clean !== text && survivable.some((secret) => clean.includes(secret)) ? mark : clean
  }
}

function formsOf(secret: string): string[] {
  const percent = percentEncoded(secret)
  const lower = percent.replaceAll(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())
  const form = percent.replaceAll('%20', '+')
  return [secret, percent, lower, form, JSON.stringify(secret).slice(1, -1), ...base64Forms(secret)]
}

function percentEncoded(secret: string): string {
  // A lone surrogate has no percent-encoding; it becomes U+FFFD, as in any UTF-8 output.
  return encodeURIComponent(secret.toWellFormed())
}

/** Base64 of the secret as a whole, and of its inside wherever it begins in a longer text. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const whole = bytes.toString('base64')
  const inside = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '')
    // The first character after a foreign byte, and the last of an incomplete group, depend on the neighbours.
    const start = offset === 0 ? 0 : offset + 1
    const end = (offset + bytes.length) % 3 === 0 ? padded.length : padded.length - 1
    return padded.slice(start, end)
  })
  const forms = [whole, ...inside.filter((part) => part.length >= 6)]
  return forms.flatMap((part) => [part, part.replaceAll('+', '-').replaceAll('/', '_')])
}
