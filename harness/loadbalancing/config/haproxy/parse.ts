import { hasOverlongLine, problemsOf, shown, type Problem, type Tell } from '../problem.ts'
import type { Directive, Word } from '../source.ts'
import { conditionsOf } from './conditions.ts'
import { tellReaders } from './tell-readers.ts'
import { placeIn, wordsOf, type Line } from './words.ts'

export interface HaproxyDirective extends Directive {
  /** `no option ...` and `default option ...`: the word before the name. */
  readonly modifier?: 'no' | 'default'
  /** The `.if`, `.elif` and `.else` lines that it stands under, the innermost last. Nobody can tell here whether they hold. */
  readonly under: readonly Directive[]
}

export interface HaproxySection {
  /** `global`, `defaults`, `frontend`, `backend`, `listen`, `userlist` ... */
  readonly kind: string
  readonly name?: Word
  /** The name of the `defaults` section that it takes its settings from. */
  readonly from?: Word
  readonly header: HaproxyDirective
  readonly directives: readonly HaproxyDirective[]
}

export interface HaproxyConfig {
  readonly kind: 'haproxy'
  readonly file: string
  readonly text: string
  readonly sections: readonly HaproxySection[]
  /** In the order of the file as far as its lines are concerned, then what is wrong between them. */
  readonly problems: readonly Problem[]
}

/** Every word that begins a section in one of the versions 2.0 to 3.2. */
const kinds: readonly string[] =
  `global defaults frontend backend listen userlist peers resolvers cache mailers http-errors ring log-forward log-profile
  program fcgi-app namespace_list crt-store traces acme`.split(/\s+/)

type Building = { -readonly [K in keyof HaproxySection]: HaproxySection[K] } & { directives: HaproxyDirective[] }

/** A haproxy.cfg as sections of directives. It never throws: what is wrong is in `problems`. */
export function parseHaproxy(text: string, file: string): HaproxyConfig {
  const { problems, tell } = problemsOf(file)
  const sections: Building[] = []
  const conditions = conditionsOf(tell)
  for (const line of hasOverlongLine(text, tell) ? [] : linesOf(text, tell)) {
    const words = wordsOf(line, tell)
    const directive = directiveOf(words, file, tell)
    if (directive === undefined || conditions.take(directive)) continue
    const said = { ...directive, under: conditions.open() }
    const section = sectionOf(said, tell)
    if (section !== undefined) sections.push(section)
    else if (sections.length > 0) sections.at(-1)?.directives.push(said)
    else tell(said.name, shown(said.name.text), 'a section before it, such as global or defaults')
  }
  conditions.end()
  const config: HaproxyConfig = { kind: 'haproxy', file, text, sections, problems }
  tellReaders(config, tell)
  return config
}

const byteOrderMark = '\uFEFF'

function* linesOf(text: string, tell: Tell): Generator<Line> {
  let start = 0
  let from = 0
  if (text.startsWith(byteOrderMark)) {
    tell({ line: 1, column: 1 }, 'a byte order mark', 'the first word of the file; save it as UTF-8 without one')
    from = 1
  }
  for (let number = 1; Math.max(start, from) < text.length; number++) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed
    const line = { source: text, start, from: Math.max(start, from), end, number }
    if (feed === -1)
      tell(placeIn(line, end), 'no end of line', 'an end of line after the last line, or the file is cut off')
    const zero = text.slice(start, end).indexOf('\0')
    if (zero === -1) yield line
    else {
      tell(placeIn(line, start + zero), 'the character NUL', 'text: HAProxy reads the line only until there')
      yield { ...line, end: start + zero }
    }
    start = end + 1
  }
}

function directiveOf(words: readonly Word[], file: string, tell: Tell): Omit<HaproxyDirective, 'under'> | undefined {
  const [first, second, ...others] = words
  // HAProxy passes over a line whose first word is empty.
  if (first === undefined || first.text === '') return undefined
  if (first.text !== 'no' && first.text !== 'default') {
    return { name: first, args: words.slice(1), line: first.line, file }
  }
  if (second !== undefined) return { name: second, args: others, line: second.line, file, modifier: first.text }
  tell(first, `${first.text} alone`, `a setting behind ${first.text}`)
  return undefined
}

const needName: readonly string[] = [
  'frontend',
  'backend',
  'listen',
  'userlist',
  'peers',
  'resolvers',
  'cache',
  'mailers',
]
const inheriting: readonly string[] = ['defaults', 'frontend', 'backend', 'listen']

function sectionOf(header: HaproxyDirective, tell: Tell): Building | undefined {
  const kind = header.name.text
  if (header.modifier !== undefined || !kinds.includes(kind)) return undefined
  const section: Building = { kind, header, directives: [] }
  const [first, ...others] = header.args
  const hasName = first !== undefined && !(kind === 'defaults' && first.text === 'from')
  if (hasName) section.name = first
  else if (needName.includes(kind)) tell(header.name, `a ${kind} without a name`, `${kind} and its name`)
  if (!inheriting.includes(kind)) return section
  const rest = hasName ? others : header.args
  const [keyword, from] = rest
  if (keyword?.text !== 'from') return section
  if (from === undefined) tell(keyword, 'from at the end of the line', 'the name of a defaults section behind from')
  else section.from = from
  return section
}
