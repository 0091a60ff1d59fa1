import type { Ec2ErrorCode } from './errors.ts'
import type { FilterValue, Filters } from './filters.ts'
import { applyFilters, filterParameter } from './filters.ts'
import type { PageLimits } from './paging.ts'
import { pageOf } from './paging.ts'
import type { Parameters, Values } from './parameters.ts'
import { integer, list, text } from './parameters.ts'
import type { Resource, ResourceKind } from './resource.ts'
import { idOf } from './resource.ts'
import type { PresignedFor } from './signature/presigned.ts'
import type { Region } from './store.ts'
import type { Xml } from './wire/xml.ts'

/** What an operation works on. */
export interface Call {
  readonly region: Region
  /** The effect of the fault plan that this call meets, such as `snapshot-error`; see effects.ts. */
  readonly effect: string | undefined
  /** Why a presigned URL inside the request does not hold, if it does not; undefined where signatures are lenient. */
  readonly presigned: ((url: string, wanted: PresignedFor) => string | undefined) | undefined
}

/** Time that passes between two calls of an example. */
export interface Passing {
  readonly advanceMs: number
}

/** One call of an example. `$name.path` in a value is taken from the answer that was kept under that name. */
export interface Step {
  readonly action: string
  readonly given?: Readonly<Record<string, string>>
  /** Keeps the answer for later steps. */
  readonly as?: string
  readonly region?: string
}

/**
 * An example of an operation: documentation, and its test. Every error that an operation declares is the answer of one.
 * It is played over the wire against a world of its own, with `manual` time unless it wants another clock.
 */
export interface Example {
  readonly title: string
  readonly before?: readonly (Step | Passing)[]
  /** Of the operation itself; `region` where it matters. */
  readonly given?: Readonly<Record<string, string>>
  readonly region?: string
  /** As on the command line. */
  readonly clock?: string
  /** Played as from a suite that was written for moto, whose path of a reset it has used. */
  readonly suite?: 'moto'
  /** Of the world that it needs. */
  readonly seed?: Readonly<Record<string, unknown>>
  readonly faults?: readonly Readonly<Record<string, unknown>>[]
  /** The error code, or texts of the answer by path: `{ 'volumeSet.0.status': 'in-use' }`; undefined: not there. */
  readonly answers: Ec2ErrorCode | Readonly<Record<string, string | undefined>>
}

export interface Operation<P extends Parameters = Parameters> {
  /** The Action; the file is called the same in kebab case. */
  readonly name: string
  readonly parameters: P
  /** Every error that it can give itself; those of parameters and of signatures are everybody's. */
  readonly errors: readonly Ec2ErrorCode[]
  /** It only reads: what it shows counts as polled. */
  readonly looks?: boolean
  readonly run: (values: Values<P>, call: Call) => Xml
  readonly examples: readonly [Example, ...Example[]]
}

/** One action of EC2. `operations/attach-volume.ts` is the model. */
export function operation<P extends Parameters>(definition: Operation<P>): Operation {
  // The machine reads the values with these very parameters before it calls run.
  return definition as unknown as Operation
}

export interface Description<T extends Resource, P extends Parameters> {
  readonly name: string
  readonly kind: ResourceKind<T>
  /** Parameter that chooses by id, such as `VolumeId`. */
  readonly ids: string
  /** How closely ids are looked at before they are looked for; see idOf. */
  readonly checked?: 'whole' | 'prefix'
  /** Element that holds the items, such as `volumeSet`. */
  readonly set: string
  readonly view: (item: T, region: Region) => Xml
  readonly filters: Filters<T>
  readonly paging?: PageLimits
  /** More parameters, and what they leave of the items. */
  readonly more?: P
  readonly choose?: (items: readonly T[], values: Values<P>, call: Call) => readonly T[]
  /** Where more than the collection is described, such as images of others. */
  readonly items?: (call: Call) => readonly T[]
  readonly errors?: readonly Ec2ErrorCode[]
  readonly examples: readonly [Example, ...Example[]]
}

/** An action that describes resources: by ids, filters and pages. `operations/describe-volumes.ts` is the model. */
export function describe<T extends Resource, P extends Parameters = Readonly<Record<never, never>>>(
  description: Description<T, P>,
): Operation {
  const { name, kind, ids, set, view, filters, paging = { min: 5, max: 1_000 }, choose, items } = description
  return operation({
    name,
    parameters: {
      ...description.more,
      [ids]: list(idOf(kind, description.checked)),
      Filter: filterParameter,
      MaxResults: integer(),
      NextToken: text(),
    },
    errors: [kind.notFound, ...(kind.malformed === undefined ? [] : [kind.malformed]), ...(description.errors ?? [])],
    looks: true,
    run(values, call) {
      const { region } = call
      // The parameters above are these, and those of P.
      const { Filter, MaxResults, NextToken, ...rest } = values as unknown as {
        Filter: readonly { Name: string; Value: readonly string[] }[]
        MaxResults: number | undefined
        NextToken: string | undefined
      } & Values<P>
      const wanted = (rest as Record<string, unknown>)[ids] as readonly string[]
      const collection = region.of(kind)
      const there = wanted.length > 0 ? collection.demandAll(wanted) : (items?.(call) ?? collection.all())
      const chosen = choose === undefined ? there : choose(there, rest as unknown as Values<P>, call)
      const page = pageOf(applyFilters(chosen, Filter, filters, region), {
        size: MaxResults,
        token: NextToken,
        limits: paging,
      })
      return { [set]: page.items.map((item) => view(item, region)), nextToken: page.nextToken }
    },
    examples: description.examples,
  })
}

export type { FilterValue, Filters }
