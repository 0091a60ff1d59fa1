import type { ContainerMachine } from '../substrate/machine.ts'

export type { ContainerMachine }

/** One named thing of a stack. A part at a URL has no machine: it runs already and is not ours to break. */
export interface StackPart {
  readonly name: string
  readonly kind: 'container' | 'url'
  /** Image or address, for people. */
  readonly description: string
  readonly machine: ContainerMachine | undefined
  /** Origin such as `http://127.0.0.1:32768`, for the given container port or the part's first. */
  readonly origin: (port?: number) => Promise<string>
}

/** Started parts; disposing stops them in reverse order, collects every failure, and goes on past each. */
export interface StartedStack extends AsyncDisposable {
  /** Parts in start order. */
  readonly parts: readonly StackPart[]
  /** @throws SeatrialError `SEATRIAL_NO_SUCH_PART` naming the parts there are */
  readonly part: (name: string) => StackPart
}
