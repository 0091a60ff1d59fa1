import { filesOf, folderOf, refusal, type IncludedFile, type Reader, type Reading } from '../include.ts'
import { hasOverlongLine, problemsByFile, shown, type Problem, type Tell } from '../problem.ts'
import type { Directive } from '../source.ts'
import { linesOf, type ApacheLine } from './lines.ts'
import { tellReaders } from './tell-readers.ts'
import { isNamed } from './walk.ts'

export interface ApacheDirective extends Directive {
  /** What stands in a section such as `<VirtualHost *:80>`, with what is included there. Undefined for a plain directive. */
  readonly section?: readonly ApacheDirective[]
  /** The section that it stands in, whatever file that is in. */
  readonly within?: ApacheDirective
}

export interface ApacheConfig {
  readonly kind: 'apache'
  readonly file: string
  readonly text: string
  /** Outside all sections. Behind an `Include` stand the directives that it brings, with the names of their files. */
  readonly directives: readonly ApacheDirective[]
  /** Every file that was read, the first one too, by name. */
  readonly files: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

/** Deeper than anybody writes. */
const deepest = 64

interface Building extends Directive {
  section?: ApacheDirective[]
  within?: ApacheDirective
}

interface Level {
  readonly into: ApacheDirective[]
  readonly within: ApacheDirective | undefined
}

/**
 * An httpd.conf as a tree of directives and sections, with its includes. `<IfModule>`, `<IfDefine>` and `<IfVersion>` are sections as
 * all others: whether they hold is known when Apache starts. It never throws: what is wrong is in `problems`.
 *
 * @param read where included files come from; without it an `Include` is a problem, because nobody knows what it brings
 */
export function parseApache(text: string, file: string, read?: Reader): ApacheConfig {
  const reading: Reading = { files: new Map([[file, text]]), count: 0 }
  const { tellIn, all } = problemsByFile()
  const directives: ApacheDirective[] = []
  const defined = new Map<string, string>()
  let root = folderOf(file)

  const parse = (input: IncludedFile, inside: readonly string[], first: Level): void => {
    const tell = tellIn(input.file)
    if (hasOverlongLine(input.text, tell)) return
    const levels: Level[] = [first]
    for (const line of linesOf(input.text, tell)) {
      if (line.kind === 'closing') {
        close(levels, line, tell)
        continue
      }
      const level = levels.at(-1) ?? first
      const directive: Building = {
        name: line.name,
        args: line.args,
        line: line.name.line,
        file: input.file,
        ...(level.within !== undefined && { within: level.within }),
      }
      level.into.push(directive)
      if (line.kind === 'opening') {
        if (levels.length > deepest)
          return tell(
            line.name,
            `more than ${deepest} sections inside each other`,
            'fewer; the rest of this file is not read',
          )
        directive.section = []
        levels.push({ into: directive.section, within: directive })
      } else note(directive, inside, level, tell)
    }
    for (const { within } of levels.slice(1)) {
      if (within !== undefined) tell(within.name, `<${within.name.text}> that is not closed`, `</${within.name.text}>`)
    }
  }

  const note = (directive: Directive, inside: readonly string[], level: Level, tell: Tell): void => {
    const [first, second] = directive.args
    if (isNamed(directive, 'ServerRoot') && first !== undefined) root = first.text
    if (isNamed(directive, 'Define') && first !== undefined) defined.set(first.text, second?.text ?? '')
    if (isNamed(directive, 'Include') || isNamed(directive, 'IncludeOptional')) include(directive, inside, level, tell)
  }

  const include = (directive: Directive, inside: readonly string[], level: Level, tell: Tell): void => {
    const [word] = directive.args
    if (word === undefined) return tell(directive.name, `${directive.name.text} without a name`, 'the name of a file')
    const pattern = word.text.replaceAll(/\$\{([^}]*)\}/g, (written, name: string) => defined.get(name) ?? written)
    if (pattern.includes('${'))
      return tell(word, shown(word.text), 'a name without variables, or a Define of them above', 'doubtful')
    if (read === undefined)
      return tell(
        word,
        shown(word.text),
        'the included files beside this one: without them they are not looked at',
        'doubtful',
      )
    const exact = filesOf(read, pattern, root)
    // A folder stands for everything in it.
    const found = exact.length > 0 ? exact : filesOf(read, `${pattern.replace(/\/$/, '')}/*`, root)
    if (found.length === 0 && isNamed(directive, 'Include'))
      tell(word, `${shown(pattern)}, which is not there`, 'the name of a file, or IncludeOptional')
    for (const each of found) {
      const refused = refusal(reading, each.file, inside)
      if (refused !== undefined) return tell(word, shown(word.text), refused)
      reading.files.set(each.file, each.text)
      parse(each, [...inside, each.file], level)
    }
  }

  parse({ file, text }, [file], { into: directives, within: undefined })
  const config = { kind: 'apache', file, text, directives, files: reading.files, problems: [] } as const
  tellReaders(config, tellIn)
  return { ...config, problems: all() }
}

function close(levels: Level[], { name }: ApacheLine, tell: Tell): void {
  const open = levels.at(-1)?.within
  if (open === undefined) return tell(name, `</${name.text}> that closes nothing`, `<${name.text} ...> before it`)
  if (isNamed(open, name.text)) {
    levels.pop()
    return
  }
  tell(name, `</${name.text}>`, `</${open.name.text}>, which closes line ${open.line}`)
  const at = levels.findLastIndex(({ within }) => within !== undefined && isNamed(within, name.text))
  if (at > 0) levels.length = at
}
