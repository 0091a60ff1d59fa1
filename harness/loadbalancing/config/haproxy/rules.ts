import type { Word } from '../source.ts'
import type { HaproxyDirective, HaproxySection } from './parse.ts'

/** A line `acl`. */
export interface Acl {
  readonly directive: HaproxyDirective
  readonly name: Word
  /** `path_beg`, `hdr(host)`, with its converters. */
  readonly criterion: Word
  /** `-i`, `-m beg`, `-f file` ... with the word that they take, in the order of the line, until the first pattern. */
  readonly flags: readonly Word[]
  readonly patterns: readonly Word[]
}

/** A flag that takes the word behind it. */
const takesWord: readonly string[] = ['-f', '-m', '-M', '-n', '-u']

/** The lines `acl` of a section in their order; several with one name are joined by "or". */
export function acls({ directives }: HaproxySection): readonly Acl[] {
  return directives.flatMap((directive) => {
    const [name, criterion, ...rest] = directive.args
    if (directive.name.text !== 'acl' || name === undefined || criterion === undefined) return []
    let at = 0
    while (at < rest.length && /^-\w$/.test(rest[at]?.text ?? ''))
      at += takesWord.includes(rest[at]?.text ?? '') ? 2 : 1
    const flags = rest.slice(0, at)
    return [{ directive, name, criterion, flags, patterns: rest.slice(rest[at]?.text === '--' ? at + 1 : at) }]
  })
}

/** A line `use_backend`, or `default_backend`, which has no condition. */
export interface Choice {
  readonly directive: HaproxyDirective
  /** May be a format with %[...] that is only known for each request. */
  readonly backend: Word
  readonly when?: { readonly kind: 'if' | 'unless'; readonly words: readonly Word[] }
}

/** Which backends a frontend leads to: the first `use_backend` whose condition holds, in their order, else the default. */
export function choices({ directives }: HaproxySection): {
  readonly rules: readonly Choice[]
  readonly otherwise?: Choice
} {
  const rules: Choice[] = []
  let otherwise: Choice | undefined
  for (const directive of directives) {
    const [backend, keyword, ...words] = directive.args
    if (backend === undefined) continue
    if (directive.name.text === 'default_backend') otherwise = { directive, backend }
    if (directive.name.text !== 'use_backend') continue
    const kind = keyword?.text
    rules.push({ directive, backend, ...((kind === 'if' || kind === 'unless') && { when: { kind, words } }) })
  }
  return { rules, ...(otherwise !== undefined && { otherwise }) }
}
