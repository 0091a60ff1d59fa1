import { bindZones, parseConfig, type Problem, type Reader } from '../config/index.ts'
import { dnsName, placeIn } from './inventory.ts'

/** A zone that named.conf speaks of. */
export interface DeclaredZone {
  readonly zone: string
  readonly place: string
  /** As it is written. */
  readonly file: string
  /** The file among those beside named.conf, by the name under which it is known; undefined when it is not there. */
  readonly found: string | undefined
}

export interface NamedConf {
  readonly title: string
  /** Those whose records this server has from a file of its own. */
  readonly zones: readonly DeclaredZone[]
  readonly problems: readonly Problem[]
}

/** A difference between the zones that are compared and named.conf. */
export interface DeclarationDrift {
  readonly kind: 'undeclared' | 'other-file' | 'file-missing'
  readonly zone: string
  readonly place: string
  readonly told: string
  readonly is: string
}

/** @param find the file beside named.conf that a name in it stands for */
export function readNamedConf(
  text: string,
  file: string,
  read: Reader,
  find: (name: string) => string | undefined,
): NamedConf {
  const config = parseConfig('bind', text, { file, read })
  const zones = bindZones(config).flatMap(({ name, type, file: named, statement }): DeclaredZone[] =>
    type !== 'primary' || named === undefined
      ? []
      : [
          {
            zone: dnsName(name.text),
            place: placeIn(statement.file, named.line),
            file: named.text,
            found: find(named.text),
          },
        ],
  )
  return { title: file, zones, problems: config.problems.filter(({ level }) => level === 'refused') }
}

export function compareDeclarations(
  zones: readonly { readonly zone: string; readonly title: string }[],
  { title, zones: declared }: NamedConf,
): readonly DeclarationDrift[] {
  const gone = declared
    .filter(({ found }) => found === undefined)
    .map(({ zone, place, file }): DeclarationDrift => {
      return { kind: 'file-missing', zone, place, told: file, is: 'nothing' }
    })
  const others = zones.flatMap(({ zone, title: file }): DeclarationDrift[] => {
    const these = declared.filter((each) => each.zone === zone)
    if (these.length === 0) return [{ kind: 'undeclared', zone, place: title, told: file, is: 'nothing' }]
    return these
      .filter(({ found }) => found !== undefined && found !== file)
      .map(({ place, found = '' }) => ({ kind: 'other-file', zone, place, told: file, is: found }))
  })
  return [...gone, ...others]
}
