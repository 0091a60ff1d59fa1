import type { Part } from './live-host.ts'

/** What the script said: parts in their order; one name may come several times. */
export type Answer = ReadonlyMap<string, readonly Part<string>[]>

/** Takes the answer apart. Lines before the first part (a banner of a login shell) are passed over. */
export function readAnswer(text: string, mark: string): Answer {
  const parts = new Map<string, Part<string>[]>()
  let open: { name: string; code: number; lines: string[] } | undefined
  const close = (): void => {
    if (open === undefined) return
    const { name, code, lines } = open
    const said = lines.join('\n').replace(/\n$/, '')
    const part: Part<string> =
      code === 0 ? { known: said } : { unknown: said.trim() || `its command ended with ${code}` }
    parts.set(name, [...(parts.get(name) ?? []), part])
  }
  for (const line of text.split(/\r?\n/)) {
    const [first, name, code, ...more] = line.split(' ')
    if (first === mark && name !== undefined && more.length === 0) {
      close()
      open = { name, code: Number(code), lines: [] }
    } else open?.lines.push(line)
  }
  close()
  return parts
}

/** A part that is asked once. */
export function onePart(answer: Answer, name: string): Part<string> {
  return answer.get(name)?.[0] ?? { unknown: 'the host did not answer this question' }
}

/** A part that is asked once for each thing: unknown as soon as one of them is. */
export function eachPart(answer: Answer, name: string): Part<readonly string[]> {
  const texts: string[] = []
  for (const part of answer.get(name) ?? []) {
    if ('unknown' in part) return part
    texts.push(part.known)
  }
  return { known: texts }
}

/** What is known of a part, turned into something else; an error is a reason why it is not. */
export function mapped<A, B>(part: Part<A>, turn: (known: A) => B): Part<B> {
  if ('unknown' in part) return part
  return { known: turn(part.known) }
}

/** Lines that hold something. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

/** `Name=value` lines, in blocks apart by empty lines, as systemctl shows units. */
export function blocksOf(text: string): ReadonlyMap<string, string>[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => new Map(block.split('\n').flatMap(pairOf)))
    .filter((block) => block.size > 0)
}

function pairOf(line: string): [string, string][] {
  const at = line.indexOf('=')
  return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
}
