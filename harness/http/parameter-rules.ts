import { rfc } from '../kernel/index.ts'
import { note } from './note.ts'

type Seen = { readonly field: string; readonly parameter: string }
const parameters = rfc(9110, '5.6.6')
const extended = rfc(8187, '3.2.1')

/** A rule for each fault that a parameter can have, under the name of the check that tells it. */
export function parameterRules<const Name extends string>(name: Name) {
  const told = <const State extends string>(state: State, redbot: string, what: string, reference = extended) =>
    note(`http/${name}-${state}`, redbot, reference, (e: Seen) => `${e.field}: the parameter ${e.parameter} ${what}.`)
  return {
    repeated: told('repeated', 'PARAM_REPEATS', 'is given more than once', parameters),
    'single-quoted': told('single-quoted', 'PARAM_SINGLE_QUOTED', 'has apostrophes, which quote nothing', parameters),
    'star-forbidden': told('star-forbidden', 'PARAM_STAR_BAD', 'has no extended form', rfc(8187, '3.2')),
    'star-quoted': told('star-quoted', 'PARAM_STAR_QUOTED', 'has an extended value in quotes'),
    'star-malformed': told('star-malformed', 'PARAM_STAR_ERROR', "is not charset'language'text"),
    'star-no-charset': told('star-no-charset', 'PARAM_STAR_NOCHARSET', 'names no charset'),
    'star-charset': told('star-charset', 'PARAM_STAR_CHARSET', 'is not in UTF-8'),
  } as const
}
