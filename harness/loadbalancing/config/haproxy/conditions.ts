import type { Tell } from '../problem.ts'
import type { Directive } from '../source.ts'

/** Deeper than anybody writes. */
const deepest = 64
const messages: readonly string[] = ['.notice', '.warning', '.alert', '.diag']

/** The lines `.if`, `.elif`, `.else` and `.endif`: configuration manual, section 2.4. What they ask is not looked at. */
export function conditionsOf(tell: Tell): {
  /** Whether the line was one of them, or a message to who reads the log. */
  readonly take: (directive: Directive) => boolean
  /** Those that hold for the line at hand, the innermost last. */
  readonly open: () => readonly Directive[]
  readonly end: () => void
} {
  let open: readonly Directive[] = []
  return {
    open: () => open,
    take: (directive) => {
      const { name } = directive
      if (messages.includes(name.text)) return true
      if (name.text === '.if') {
        if (open.length < deepest) open = [...open, directive]
        else tell(name, `.if inside ${deepest} others`, 'fewer of them')
        return true
      }
      if (name.text !== '.elif' && name.text !== '.else' && name.text !== '.endif') return false
      const last = open.at(-1)
      if (last === undefined) tell(name, name.text, `a line .if before ${name.text}`)
      else if (name.text === '.endif') open = open.slice(0, -1)
      else {
        if (last.name.text === '.else') tell(name, `${name.text} after .else`, '.endif')
        open = [...open.slice(0, -1), directive]
      }
      return true
    },
    end: () => {
      for (const { name } of open) tell(name, `${name.text} that is not ended`, '.endif before the end of the file')
    },
  }
}
