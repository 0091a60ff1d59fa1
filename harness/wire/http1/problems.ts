import type { WireProblem, WireProblemCode } from '../exchange.ts'
import { excerptOf } from './excerpt.ts'

/** Problems of one code that are kept for one response: a hostile server can make hundreds of thousands. */
export const problemsPerCode = 20

/** Collects problems, a bounded number of each code. */
export class Problems {
  readonly #list: WireProblem[] = []
  readonly #counts = new Map<WireProblemCode, number>()

  /** `what` are the bytes that stood at `offset`; the excerpt is made from their beginning. */
  add(code: WireProblemCode, offset: number, what: Uint8Array): void {
    const count = this.#counts.get(code) ?? 0
    this.#counts.set(code, count + 1)
    if (count < problemsPerCode) this.#list.push({ code, offset, excerpt: excerptOf(what) })
  }

  /** In the order of the bytes. */
  get list(): readonly WireProblem[] {
    return this.#list.toSorted((a, b) => a.offset - b.offset)
  }
}
