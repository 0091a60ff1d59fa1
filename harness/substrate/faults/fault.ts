/** A fault that is in effect. Disposing undoes it; a second time does nothing. */
export interface FaultHandle extends AsyncDisposable {
  /** For people and records: `web is paused`. */
  readonly description: string
}

/** A fault asks for the abilities that it needs and for nothing else, so the compiler refuses the rest. */
export type Fault<Ability, Options extends readonly unknown[] = []> = (
  target: Ability,
  ...options: Options
) => Promise<FaultHandle>

/** The handle of a fault. An undo that failed may be tried again; one that worked is not repeated. */
export function inEffect(description: string, undo: () => Promise<void>): FaultHandle {
  let undoing: Promise<void> | undefined
  return {
    description,
    [Symbol.asyncDispose]() {
      undoing ??= undo().catch((error: unknown) => {
        undoing = undefined
        throw error
      })
      return undoing
    },
  }
}
