import type { Word } from '../source.ts'
import type { HaproxyConfig, HaproxyDirective, HaproxySection } from './parse.ts'

const inheriting: readonly string[] = ['defaults', 'frontend', 'backend', 'listen']

/**
 * The `defaults` section in force for a section: the one that it names with `from`, else for a proxy the last above it.
 * A `defaults` section itself takes from another only what it names. Undefined when there is none.
 */
function defaultsOf(config: HaproxyConfig, section: HaproxySection): HaproxySection | undefined {
  if (!inheriting.includes(section.kind)) return undefined
  const above = config.sections.slice(0, config.sections.indexOf(section)).filter(({ kind }) => kind === 'defaults')
  const { from } = section
  if (from !== undefined) return above.findLast(({ name }) => name?.text === from.text)
  return section.kind === 'defaults' ? undefined : above.at(-1)
}

/** The section itself, then what it inherits from, the nearest first. For lists such as `default-server`, which add up. */
export function lineage(config: HaproxyConfig, section: HaproxySection): readonly HaproxySection[] {
  const sections = [section]
  for (let next = defaultsOf(config, section); next !== undefined; next = defaultsOf(config, next)) sections.push(next)
  return sections
}

/** A setting that holds for a section, and where it was said. */
export interface Setting {
  readonly directive: HaproxyDirective
  /** The words behind those that were asked for. */
  readonly values: readonly Word[]
  /** Where it stands: the section itself, or a `defaults` section. */
  readonly section: HaproxySection
  /** The line stands under `.if`: whether it counts is decided when HAProxy starts. */
  readonly conditional: boolean
}

/**
 * What a setting is for a section: the last line that begins with these words, in the section or in the defaults that it
 * inherits. For settings of which one counts, such as `mode`, `balance`, `timeout connect`, `option httpchk`; not for lists such as
 * `acl`. A line with `no` or `default` before it counts too: see `modifier` of its directive.
 */
export function effective(
  config: HaproxyConfig,
  section: HaproxySection,
  ...words: readonly [string, ...string[]]
): Setting | undefined {
  for (const each of lineage(config, section)) {
    const directive = each.directives.findLast((one) => beginsWith(one, words))
    if (directive === undefined) continue
    const values = directive.args.slice(words.length - 1)
    return { directive, values, section: each, conditional: directive.under.length > 0 }
  }
  return undefined
}

function beginsWith({ name, args }: HaproxyDirective, [first, ...others]: readonly [string, ...string[]]): boolean {
  return name.text === first && others.every((word, at) => args[at]?.text === word)
}
