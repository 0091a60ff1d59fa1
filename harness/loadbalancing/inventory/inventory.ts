/** A value and the line of the inventory that says it. */
export interface Told<T> {
  readonly value: T
  readonly line: number
}

/** A host as the inventory has it. What it does not say is undefined. */
export interface Host {
  readonly name: string
  readonly line: number
  /** The one that balancers use first. Of an Ansible host it may be a name that only DNS can resolve. */
  readonly addresses: readonly Told<string>[]
  readonly port: Told<number> | undefined
  readonly pools: readonly string[]
  readonly weight: Told<number> | undefined
  readonly backup: Told<boolean> | undefined
  /** Names under which DNS knows it, without the dot at their end, in lower case. */
  readonly names: readonly Told<string>[]
}

/** The file from which configurations and zones are generated. */
export interface Inventory {
  /** As it was named. */
  readonly file: string
  readonly hosts: readonly Host[]
  /** What is written there and cannot be known from the file alone. */
  readonly open: readonly Told<string>[]
}

/** Something wrong with the inventory file itself. */
export interface InventoryProblem {
  readonly line: number
  /** Where in its structure, when it has one: `hosts.app-1.port`. */
  readonly path?: string
  readonly given: string
  readonly wanted: string
}

/** What a reader of an inventory makes of its text. */
export interface InventoryRead extends Omit<Inventory, 'file'> {
  readonly problems: readonly InventoryProblem[]
}

/** The line of a place in a file, to point at. */
export const placeIn = (file: string, line: number): string => `${file}:${line}`

/** A name as DNS compares it: RFC 4343. */
export const dnsName = (name: string): string => name.toLowerCase().replace(/\.$/, '')
