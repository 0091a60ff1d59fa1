import type { Ec2ErrorCode } from './errors.ts'
import { ec2Error } from './errors.ts'
import type { Parameter } from './parameters.ts'
import { text } from './parameters.ts'
import type { Region } from './store.ts'

export interface Resource {
  readonly id: string
}

/** What all resources of one kind have in common. One file in `resources/` declares it. */
export interface ResourceKind<T extends Resource> {
  /** AWS's word for it in tag specifications and in `resource-type`: `volume`. */
  readonly name: string
  /** What its ids begin with, without the hyphen: `vol`. */
  readonly prefix: string
  readonly notFound: Ec2ErrorCode
  /** For an id of a wrong form; what has none is told to be not found. */
  readonly malformed?: Ec2ErrorCode
  /** What a region has of it from the start. */
  readonly initial?: (region: Region) => readonly T[]
  /** One of another account that is shown to this one. */
  readonly shared?: (region: Region, id: string) => T | undefined
}

export function resourceKind<T extends Resource>(kind: ResourceKind<T>): ResourceKind<T> {
  return kind
}

/**
 * An id of that kind as a parameter; its form is checked where the kind has an error for it. Some operations look at the
 * prefix alone: DescribeImages of `ami-fake123` answers NotFound, RunInstances of it Malformed.
 */
export function idOf<T extends Resource>(
  kind: ResourceKind<T>,
  checked: 'whole' | 'prefix' = 'whole',
): Parameter<string | undefined> {
  const plain = text()
  const digits = checked === 'whole' ? '[0-9a-f]{8}(?:[0-9a-f]{9})?' : '.+'
  const form = new RegExp(`^${kind.prefix}-${digits}$`)
  const { malformed } = kind
  if (malformed === undefined) return plain
  return {
    read(node, path) {
      const id = plain.read(node, path)
      // The sentence of a Malformed code takes the id, whatever the kind.
      if (id !== undefined && !form.test(id)) throw ec2Error(malformed as 'InvalidVolumeID.Malformed', id)
      return id
    },
  }
}
