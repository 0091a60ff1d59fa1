import type { Problem } from '../config/index.ts'
import type { ExpectationsInput } from '../section.ts'

/** A place in a configuration, to point at: `haproxy.cfg:12`. */
export interface Said {
  readonly file: string
  readonly line: number
}

/** A port that the balancer listens on. */
export interface Listener extends Said {
  readonly port: number
  readonly tls: boolean
  /** Not reached from outside of its host. */
  readonly loopback: boolean
  readonly http: boolean
}

/** A server line. */
export interface PoolServer extends Said {
  /** Unique in the configuration: `app/a`. */
  readonly id: string
  readonly name: string
  readonly pool: string
  readonly backup: boolean
}

/** What a configuration says, as far as it must be known to run and to ask it. */
export interface Setup {
  readonly problems: readonly Problem[]
  readonly listeners: readonly Listener[]
  readonly servers: readonly PoolServer[]
  /** Waits that have no end, each with what the balancer calls it and where it is missing. */
  readonly endless: readonly (Said & { readonly name: string })[]
  /** Pages about itself, as it is told to show them. */
  readonly statistics: readonly (Said & { readonly path: string; readonly port: number | undefined })[]
  /** Files that it names and that must be there: certificates are made for those that are not given. */
  readonly certificates: readonly string[]
  /** Worker processes that it may have at once, where the configuration says so. */
  readonly processes?: Said & { readonly count: number }
  /** The files with the addresses of servers replaced, and nothing else. */
  readonly adapted: (address: (server: PoolServer) => Address) => Readonly<Record<string, string>>
}

export interface Address {
  readonly host: string
  readonly port: number
}

/** Counters of its own, where it has some. */
export interface Counters {
  /** Longest queue of the pool since its start, in both places where it can hide, by server or `BACKEND`. */
  readonly queued: Readonly<Record<string, number>>
  /** Servers that it took out, ever, and those that are out now. */
  readonly down: readonly string[]
  readonly outages: number
  /** Most connections at once of a listener, and how many it takes. */
  readonly listeners: readonly { readonly name: string; readonly most: number; readonly limit: number }[]
}

/** What a configuration says that it does, as expectations: where nobody has said what is wanted. */
export interface Claims {
  /** Undefined when it has no servers. */
  readonly pool: string | undefined
  readonly expect: ExpectationsInput
}

/** One kind of balancer: how its configuration is read and how it is run. One file each. */
export interface BalancerKind {
  readonly id: string
  /** Folder of `fixtures/images`. */
  readonly image: string
  /** Where its main configuration stands in the container. */
  readonly configFile: string
  /** Files beside the user's own. */
  readonly extras: Readonly<Record<string, string>>
  /** What its process is called in words. */
  readonly title: string
  readonly read: (files: Readonly<Record<string, string>>) => Setup
  /** What it says that it does for visitors of a pool, or of the one that most are led to. */
  readonly claims?: (files: Readonly<Record<string, string>>, pool: string | undefined) => Claims
  /** Shell line that tests the configuration and says what it thinks of it. */
  readonly test: string
  /** The lines of what it said that are complaints. */
  readonly complaints: (said: string) => readonly string[]
  /** Shell line that runs it in the foreground. */
  readonly run: string
  /** Shell line that makes it read its configuration anew, with its process id in `$1`. */
  readonly reload: string
  /** Port of the counters inside the container, when it has them. */
  readonly counters?: { readonly port: number; readonly command: string; readonly read: (text: string) => Counters }
}
