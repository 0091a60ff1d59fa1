import { shown, type TellIn } from '../problem.ts'
import { readListen } from './listen.ts'
import type { ApacheConfig } from './parse.ts'
import { everyApacheDirective, isNamed } from './walk.ts'
import { apacheTime } from './time.ts'

/** What the readers of single lines find wrong, noted once, when the files are parsed. */
export function tellReaders(config: ApacheConfig, tellIn: TellIn): void {
  for (const directive of everyApacheDirective(config.directives)) {
    const [first] = directive.args
    const tell = tellIn(directive.file)
    if (isNamed(directive, 'Listen')) {
      const listen = readListen(directive)
      if ('wanted' in listen) tell(first ?? directive.name, shown(first?.text ?? directive.name.text), listen.wanted)
    }
    if (
      isNamed(directive, 'KeepAliveTimeout') &&
      first !== undefined &&
      first.expands === undefined &&
      apacheTime(first.text) === undefined
    ) {
      tell(first, shown(first.text), 'a time, as 5 for seconds or 500ms')
    }
  }
}
