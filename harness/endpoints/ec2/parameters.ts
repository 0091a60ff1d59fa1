import { ec2Error } from './errors.ts'
import type { Node } from './wire/form.ts'

/** How one parameter is read. `path` is its dotted name, for errors. */
export interface Parameter<T> {
  /** @throws Ec2Error for a value that does not fit, or one that is missing */
  readonly read: (node: Node | undefined, path: string) => T
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>

/** What an operation is given: each parameter by its name on the wire. */
export type Values<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never
}

function optional<T>(read: (value: string, path: string) => T): Parameter<T | undefined> {
  return {
    read(node, path) {
      if (node === undefined) return undefined
      refuseBelow(node, path)
      // A name without a value means that it was left out, as the service takes it.
      return node.value === undefined ? undefined : read(node.value, path)
    },
  }
}

function refuseBelow(node: Node, path: string): void {
  const [child] = node.children?.keys() ?? []
  if (child !== undefined) throw ec2Error('UnknownParameter', `${path}.${child}`)
}

function invalid(value: string, path: string, wanted: string): Error {
  return ec2Error(
    'InvalidParameterValue',
    `Value (${value.slice(0, 255)}) for parameter ${lower(path)} is invalid. ${wanted}`,
  )
}

/** As error sentences name a parameter: `VolumeId` is `volumeId`, `Filter.1.Name` stays. */
function lower(path: string): string {
  return path.includes('.') ? path : `${path.slice(0, 1).toLowerCase()}${path.slice(1)}`
}

/** Text. `oneOf` are the values that there are; `max` counts characters. */
export function text<const T extends string = string>(
  rules: { readonly oneOf?: readonly T[]; readonly max?: number; readonly pattern?: RegExp } = {},
): Parameter<T | undefined> {
  return optional((value, path) => {
    const { oneOf, max, pattern } = rules
    if (oneOf !== undefined && !(oneOf as readonly string[]).includes(value)) {
      throw invalid(value, path, `Valid values: ${oneOf.join(', ')}.`)
    }
    if (max !== undefined && value.length > max) throw invalid(value, path, `At most ${max} characters.`)
    if (pattern !== undefined && !pattern.test(value)) throw invalid(value, path, 'Invalid format.')
    // Checked above where T is narrower than text.
    return value as T
  })
}

export function integer(rules: { readonly min?: number; readonly max?: number } = {}): Parameter<number | undefined> {
  return optional((value, path) => {
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = rules
    const number = Number(value)
    if (!/^[+-]?\d{1,15}$/.test(value)) throw invalid(value, path, 'Expecting an integer.')
    if (number < min) throw invalid(value, path, `Expecting a value of at least ${min}.`)
    if (number > max) throw invalid(value, path, `Expecting a value of at most ${max}.`)
    return number
  })
}

export function boolean(): Parameter<boolean | undefined> {
  return optional((value, path) => {
    if (/^(true|1)$/i.test(value)) return true
    if (/^(false|0)$/i.test(value)) return false
    throw invalid(value, path, 'Expecting true or false.')
  })
}

export function date(): Parameter<Date | undefined> {
  return optional((value, path) => {
    const parsed = new Date(value)
    if (Number.isNaN(parsed.getTime())) throw invalid(value, path, 'Expecting a date such as 2026-01-01T00:00:00Z.')
    return parsed
  })
}

/** Base64 (RFC 4648 section 4), kept as it came; decoded it may have at most `max` bytes. */
export function base64(rules: { readonly max?: number } = {}): Parameter<string | undefined> {
  return optional((value, path) => {
    const compact = value.replaceAll(/\s/g, '')
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0) {
      throw ec2Error('InvalidParameterValue', `Invalid BASE64 encoding of ${lower(path)}`)
    }
    if (rules.max !== undefined && Buffer.byteLength(compact, 'base64') > rules.max) {
      throw ec2Error('InvalidParameterValue', `${path} is limited to ${rules.max} bytes`)
    }
    return compact
  })
}

/** `Name.1`, `Name.2`, ... in the order of their numbers, which may have gaps. */
export function list<T>(item: Parameter<T>): Parameter<readonly NonNullable<T>[]> {
  return {
    read(node, path) {
      if (node === undefined) return []
      // An empty list is sent by some clients as the bare name.
      if (node.value !== undefined && node.value !== '') throw ec2Error('UnknownParameter', path)
      const members = [...(node.children ?? [])].map(([key, child]) => {
        if (!/^\d{1,9}$/.test(key)) throw ec2Error('UnknownParameter', `${path}.${key}`)
        return [Number(key), child] as const
      })
      return members
        .toSorted(([a], [b]) => a - b)
        .flatMap(([key, child]) => {
          const value = item.read(child, `${path}.${key}`)
          // Something that was given and read as nothing is an empty member, which the service skips.
          return value === undefined || value === null ? [] : [value]
        })
    },
  }
}

/** `Name.Member=...`; members that are not known are refused. */
export function structure<P extends Parameters>(members: P): Parameter<Values<P> | undefined> {
  return {
    read(node, path) {
      if (node === undefined) return undefined
      return readValues(members, node.children ?? new Map<string, Node>(), path)
    },
  }
}

/** The value, or MissingParameter, by the `name` that its sentence has. An empty list is missing too. */
export function required<T>(parameter: Parameter<T>, name?: string): Parameter<NonNullable<T>> {
  return {
    read(node, path) {
      const value = parameter.read(node, path)
      const empty = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
      if (empty) throw ec2Error('MissingParameter', name ?? path)
      return value
    },
  }
}

export function withDefault<T>(parameter: Parameter<T>, value: NonNullable<T>): Parameter<NonNullable<T>> {
  return { read: (node, path) => parameter.read(node, path) ?? value }
}

/**
 * All parameters of an operation, or all members of a structure.
 *
 * @throws Ec2Error UnknownParameter for a name that is not among them, and whatever a parameter throws
 */
export function readValues<P extends Parameters>(
  parameters: P,
  nodes: ReadonlyMap<string, Node>,
  path = '',
): Values<P> {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
  for (const name of nodes.keys()) {
    if (!Object.hasOwn(parameters, name)) throw ec2Error('UnknownParameter', at(name))
  }
  const values: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(parameters)) values[name] = parameter.read(nodes.get(name), at(name))
  // Each value was read by the parameter of its own name.
  return values as Values<P>
}
