import { filesOf, folderOf, isPattern, refusal, type Reader, type Reading } from '../include.ts'
import { hasOverlongLine, problemsByFile, shown, type Problem, type Tell } from '../problem.ts'
import type { Directive, Word } from '../source.ts'
import { listens, upstreams } from './readers.ts'
import { tokensOf, type Token } from './tokens.ts'

export interface NginxDirective extends Directive {
  /** What stands between its braces, with what is included there. Undefined for one that ends with `;`. */
  readonly block?: readonly NginxDirective[]
  /** The block that it stands in, whatever file that is in. */
  readonly within?: NginxDirective
}

export interface NginxConfig {
  readonly kind: 'nginx'
  readonly file: string
  readonly text: string
  /** Outside all blocks. Behind an `include` stand the directives that it brings, with the names of their files. */
  readonly directives: readonly NginxDirective[]
  /** Every file that was read, the first one too, by name. */
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

/** Deeper than any context of nginx. */
const deepest = 64

interface Building extends Directive {
  block?: NginxDirective[]
  within?: NginxDirective
}

interface Input {
  readonly file: string
  readonly text: string
  /** The files around this one, itself the last. */
  readonly inside: readonly string[]
}

/**
 * An nginx.conf as a tree of directives, with its includes. It never throws: what is wrong is in `problems`.
 *
 * @param read where included files come from; without it an `include` is a problem, because nobody knows what it brings
 */
export function parseNginx(text: string, file: string, read?: Reader): NginxConfig {
  const reading: Reading = { files: new Map([[file, text]]), count: 0 }
  const { tellIn, all } = problemsByFile()
  const directives: NginxDirective[] = []

  const parse = (
    { file: name, text: content, inside }: Input,
    into: NginxDirective[],
    within: NginxDirective | undefined,
  ): void => {
    const tell = tellIn(name)
    if (hasOverlongLine(content, tell)) return
    const levels: { into: NginxDirective[]; within: NginxDirective | undefined }[] = [{ into, within }]
    const next = tokensOf(content, tell)
    let words: Word[] = []
    for (let token = next(); ; token = next()) {
      const level = levels.at(-1)
      if (level === undefined) break
      if ('word' in token) {
        words.push(token.word)
        continue
      }
      if (token.sign === 'end') {
        tellEnd(words, levels.length > 1 ? level.within : undefined, token, tell)
        break
      }
      if (token.sign === '}') {
        if (words.length > 0) tell(token.at, '} in the place of ;', `; behind ${shown(words.at(-1)?.text ?? '')}`)
        if (levels.length > 1) levels.pop()
        else {
          tell(token.at, '} that closes nothing', 'a { before it, or the end of the file')
          break
        }
        words = []
        continue
      }
      const directive = directiveOf(words, name, level.within)
      words = []
      if (directive === undefined) {
        tell(token.at, `${token.sign} without a directive`, `a name before ${token.sign}`)
        if (token.sign === ';') continue
        break
      }
      level.into.push(directive)
      if (token.sign === '{') {
        if (levels.length > deepest) {
          tell(token.at, `more than ${deepest} blocks inside each other`, 'fewer; the rest of this file is not read')
          break
        }
        directive.block = []
        levels.push({ into: directive.block, within: directive })
      } else if (directive.name.text === 'include') include(directive, inside, level, tell)
    }
  }

  const include = (
    directive: Directive,
    inside: readonly string[],
    level: { into: NginxDirective[]; within: NginxDirective | undefined },
    tell: Tell,
  ): void => {
    const [pattern] = directive.args
    if (pattern === undefined) return tell(directive.name, 'include without a name', 'the name of a file')
    if (read === undefined)
      return tell(
        pattern,
        shown(pattern.text),
        'the included files beside this one: without them they are not looked at',
        'doubtful',
      )
    const found = filesOf(read, pattern.text, folderOf(file))
    if (found.length === 0 && !isPattern(pattern.text))
      tell(pattern, `${shown(pattern.text)}, which is not there`, 'the name of a file')
    for (const each of found) {
      const refused = refusal(reading, each.file, inside)
      if (refused !== undefined) return tell(pattern, shown(pattern.text), refused)
      reading.files.set(each.file, each.text)
      parse({ ...each, inside: [...inside, each.file] }, level.into, level.within)
    }
  }

  parse({ file, text, inside: [file] }, directives, undefined)
  const config = { kind: 'nginx', file, text, directives, files: reading.files, problems: [] } as const
  upstreams(config, tellIn)
  listens(config, tellIn)
  return { ...config, problems: all() }
}

function directiveOf(words: readonly Word[], file: string, within: NginxDirective | undefined): Building | undefined {
  const [name, ...args] = words
  if (name === undefined) return undefined
  return { name, args, line: name.line, file, ...(within !== undefined && { within }) }
}

function tellEnd(words: readonly Word[], open: Directive | undefined, token: Token & { at: Word }, tell: Tell): void {
  const last = words.at(-1)
  if (last !== undefined) tell(token.at, 'the end of the file', `; or { behind ${shown(last.text)}`)
  else if (open !== undefined) tell(open.name, `${shown(open.name.text)} that is not closed`, 'a } for its {')
}
