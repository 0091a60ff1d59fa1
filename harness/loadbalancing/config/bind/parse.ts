import { filesOf, folderOf, isPattern, refusal, type IncludedFile, type Reader, type Reading } from '../include.ts'
import { hasOverlongLine, problemsByFile, shown, type Problem, type Tell } from '../problem.ts'
import type { Directive, Word } from '../source.ts'
import { bindTokens, type BindToken } from './tokens.ts'

/** A statement of named.conf. Where one begins with a brace, as a list inside a list does, its name is an empty word. */
export interface BindStatement extends Directive {
  /** Each pair of braces in it, in order: `inet ... allow { ... } keys { ... };` has two. */
  readonly blocks: readonly (readonly BindStatement[])[]
}

export interface BindConfig {
  readonly kind: 'bind'
  readonly file: string
  readonly text: string
  /** Behind an `include` stand the statements that it brings, with the names of their files. */
  readonly statements: readonly BindStatement[]
  /** Every file that was read, the first one too, by name. */
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

/** Deeper than anybody writes. */
const deepest = 64

interface Building extends Directive {
  args: Word[]
  blocks: BindStatement[][]
}

/** A list of statements, and the one that is being read. */
interface Level {
  readonly into: BindStatement[]
  readonly opened: Word | undefined
  current: Building | undefined
}

/**
 * A named.conf as statements, with its includes. It never throws: what is wrong is in `problems`.
 *
 * @param read where included files come from; without it an `include` is a problem, because nobody knows what it brings
 */
export function parseBind(text: string, file: string, read?: Reader): BindConfig {
  const reading: Reading = { files: new Map([[file, text]]), count: 0 }
  const { tellIn, all } = problemsByFile()
  const statements: BindStatement[] = []

  const parse = (input: IncludedFile, inside: readonly string[], into: BindStatement[]): void => {
    const tell = tellIn(input.file)
    if (hasOverlongLine(input.text, tell)) return
    const levels: Level[] = [{ into, opened: undefined, current: undefined }]
    const next = bindTokens(input.text, tell)
    for (let token = next(); ; token = next()) {
      const level = levels.at(-1)
      if (level === undefined || token.kind === 'end') return tellEnd(levels, token, tell)
      if (token.kind === 'word') take(level, token.word, input.file)
      else if (token.kind === ';') {
        const { current } = level
        if (current === undefined) tell(token.word, '; without a statement', 'a statement before ;')
        else {
          level.into.push(current)
          if (current.name.text === 'include') include(current, inside, level.into, tell)
        }
        level.current = undefined
      } else if (token.kind === '{') {
        if (levels.length > deepest)
          return tell(
            token.word,
            `more than ${deepest} blocks inside each other`,
            'fewer; the rest of this file is not read',
          )
        const current = take(level, undefined, input.file, token.word)
        const block: BindStatement[] = []
        current.blocks.push(block)
        levels.push({ into: block, opened: token.word, current: undefined })
      } else {
        if (level.current !== undefined) {
          tell(
            token.word,
            '} in the place of ;',
            `; behind ${shown(level.current.args.at(-1)?.text ?? level.current.name.text)}`,
          )
          level.into.push(level.current)
        }
        if (levels.length === 1)
          return tell(token.word, '} that closes nothing', 'a { before it, or the end of the file')
        levels.pop()
      }
    }
  }

  const include = (
    { name, args: [word] }: Directive,
    inside: readonly string[],
    into: BindStatement[],
    tell: Tell,
  ): void => {
    if (word === undefined) return tell(name, 'include without a name', 'the name of a file')
    if (read === undefined)
      return tell(
        word,
        shown(word.text),
        'the included files beside this one: without them they are not looked at',
        'doubtful',
      )
    const found = filesOf(read, word.text, folderOf(file))
    if (found.length === 0 && !isPattern(word.text))
      tell(word, `${shown(word.text)}, which is not there`, 'the name of a file')
    for (const each of found) {
      const refused = refusal(reading, each.file, inside)
      if (refused !== undefined) return tell(word, shown(word.text), refused)
      reading.files.set(each.file, each.text)
      parse(each, [...inside, each.file], into)
    }
  }

  parse({ file, text }, [file], statements)
  return { kind: 'bind', file, text, statements, files: reading.files, problems: all() }
}

/** The statement at hand, with one more word; the first word is its name. */
function take(level: Level, word: Word | undefined, file: string, at?: Word): Building {
  const { current } = level
  if (current !== undefined) {
    if (word !== undefined) current.args.push(word)
    return current
  }
  const first = word ?? at
  if (first === undefined) throw new Error('a statement begins with a word or a brace')
  const name = word ?? { ...first, text: '', end: first.start }
  const begun: Building = { name, args: [], line: name.line, file, blocks: [] }
  level.current = begun
  return begun
}

function tellEnd(levels: readonly Level[], { word }: BindToken, tell: Tell): void {
  for (const { current, opened } of levels) {
    if (opened !== undefined) tell(opened, 'a { that is not closed', 'a } for it, and ; behind that')
    if (current !== undefined && current.blocks.length === 0)
      tell(word, 'the end of the file', `; behind ${shown(current.name.text)}`)
  }
  const last = levels.at(-1)?.current
  if (levels.length === 1 && last !== undefined && last.blocks.length > 0)
    tell(word, 'the end of the file', '; behind the last }')
}

/** A zone that named.conf speaks of. */
export interface BindZone {
  readonly statement: BindStatement
  readonly name: Word
  /** `primary`, `secondary`, `forward` ...; `master` and `slave` are told in the words of today. */
  readonly type: string | undefined
  /** The name of the file with its records. */
  readonly file: Word | undefined
}

const today: Readonly<Record<string, string>> = { master: 'primary', slave: 'secondary' }

/** The zones, those inside views too. */
export function bindZones({ statements }: BindConfig): readonly BindZone[] {
  return statements.flatMap(zonesOf)
}

function zonesOf(statement: BindStatement): readonly BindZone[] {
  const [block = []] = statement.blocks
  if (statement.name.text === 'view') return block.flatMap(zonesOf)
  const [name] = statement.args
  if (statement.name.text !== 'zone' || name === undefined) return []
  const said = (what: string): Word | undefined => block.findLast((each) => each.name.text === what)?.args[0]
  const type = said('type')?.text
  return [{ statement, name, type: today[type ?? ''] ?? type, file: said('file') }]
}
