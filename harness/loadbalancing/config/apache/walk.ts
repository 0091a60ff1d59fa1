import type { Directive } from '../source.ts'
import type { ApacheDirective } from './parse.ts'

/** Whether a directive has this name: Apache does not look at the case. */
export const isNamed = ({ name }: Directive, wanted: string): boolean =>
  name.text.toLowerCase() === wanted.toLowerCase()

/** Every directive and section, from above, with what is inside it. */
export function* everyApacheDirective(directives: readonly ApacheDirective[]): Generator<ApacheDirective> {
  for (const directive of directives) {
    yield directive
    if (directive.section !== undefined) yield* everyApacheDirective(directive.section)
  }
}

/** The sections around a directive, the outermost first. */
export function around({ within }: ApacheDirective): readonly ApacheDirective[] {
  const sections: ApacheDirective[] = []
  for (let next = within; next !== undefined; next = next.within) sections.unshift(next)
  return sections
}
