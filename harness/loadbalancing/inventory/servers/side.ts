import type { ConfigKind, Problem, Reader } from '../../config/index.ts'

/** A server as a balancer has it: written in its configuration, or told while it runs. */
export interface BalancedServer {
  readonly pool: string
  /** Undefined where the balancer gives its servers no names. */
  readonly name: string | undefined
  /** Undefined where it is known to nobody but the balancer, such as a variable. */
  readonly host: string | undefined
  /** Undefined where it has none of its own, or does not tell it. */
  readonly port: number | undefined
  readonly weight: number | undefined
  /** Undefined where it is not told. */
  readonly backup: boolean | undefined
  /** `haproxy.cfg:12`, or whom it was asked of. */
  readonly place: string
}

/** Something that was there and could not be compared. */
export interface Uncompared {
  readonly place: string
  readonly what: string
}

export interface BalancedPool {
  readonly name: string
  readonly place: string
  /** Its servers are found while it runs: nothing of them is written. */
  readonly found?: true
}

/** All servers of one balancer. */
export interface Balanced {
  /** `haproxy.cfg`, or the address that was asked. */
  readonly title: string
  readonly servers: readonly BalancedServer[]
  /** Its groups of servers, those with none too, and where each begins. */
  readonly pools: readonly BalancedPool[]
  readonly uncompared: readonly Uncompared[]
}

/** What is written in a balancer's configuration. */
export interface Written extends Balanced {
  readonly problems: readonly Problem[]
}

/** A kind of configuration whose servers can be read. */
export interface ServerReader {
  readonly kind: ConfigKind
  readonly read: (text: string, file: string, reader: Reader) => Written
}
