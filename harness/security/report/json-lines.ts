import { BrokenReport } from './broken.ts'
import { newlines } from './encoding.ts'
import type { JsonPart } from './json.ts'

/** Characters of one line. */
const longestLine = 8 * 1024 * 1024

/** One line of a text, counted from 1. */
export interface TextLine {
  readonly line: number
  readonly text: string
}

/** @throws BrokenReport for a line that only fills memory */
export async function* readLines(source: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let [rest, line] = ['', 1]
  for await (const chunk of source) {
    const text = rest + chunk
    if (newlines(chunk) === 0) {
      rest = text
      if (rest.length > longestLine)
        throw new BrokenReport('broken', `it has more than ${longestLine} characters`, line)
      continue
    }
    const lines = text.split('\n')
    rest = lines.pop() ?? ''
    for (const each of lines) yield { line: line++, text: each.replace(/\r$/, '') }
  }
  if (rest !== '') yield { line, text: rest.replace(/\r$/, '') }
}

/** A JSON value a line; empty lines are passed over. @throws BrokenReport at a line that is no JSON */
export async function* readJsonLines(source: AsyncIterable<string>): AsyncGenerator<JsonPart> {
  for await (const { line, text } of readLines(source)) {
    const trimmed = text.replace(/^\uFEFF/, '').trim()
    if (trimmed !== '') yield { path: [], value: parsed(trimmed, line), line }
  }
}

function parsed(text: string, line: number): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    throw new BrokenReport('broken', 'it is no JSON: the line is cut off, or something else', line)
  }
}
