import { shellWord } from '../kernel/index.ts'

export interface Curl {
  readonly method: string
  readonly target: string
  readonly fields: readonly string[]
  readonly bytes: number
}

/** Fields that curl sends by itself, or that hold for one connection. */
const own = new Set(['host', 'content-length', 'accept-encoding'])

/** The command line that asks a server the same. Content is not shown: it may be large, or nobody's business. */
export function curlLine(origin: string, { method, target, fields, bytes }: Curl): string {
  const words = ['curl', '-i']
  if (method === 'HEAD') words.push('-I')
  else if (method !== 'GET') words.push('-X', method)
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = '', value = ''] = [fields[at], fields[at + 1]]
    if (!own.has(name.toLowerCase())) words.push('-H', `${name}: ${value}`)
  }
  if (bytes > 0) words.push('--data-binary', `@content-of-${bytes}-bytes`)
  return [...words, `${origin}${target}`].map(shellWord).join(' ')
}
