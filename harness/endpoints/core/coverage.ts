import type { Faults } from './faults.ts'

export interface OperationCoverage {
  readonly calls: number
  /** Error codes that were answered, with how often. */
  readonly errors: Readonly<Record<string, number>>
}

export interface CoverageReport {
  /** Operations that were called. */
  readonly operations: Readonly<Record<string, OperationCoverage>>
  /** Operations that the endpoint has and nobody called. */
  readonly untouched: readonly string[]
  /** What was asked for and the endpoint does not have. */
  readonly unknown: Readonly<Record<string, number>>
  /** The plan's rules, each with how often it fired: one that never did has proven nothing. */
  readonly faults: readonly { readonly rule: Readonly<Record<string, unknown>>; readonly fired: number }[]
}

/** Which operations and faults a run exercised. */
export class Coverage {
  readonly #calls = new Map<string, { calls: number; errors: Map<string, number> }>()
  readonly #unknown = new Map<string, number>()
  readonly #operations: ReadonlySet<string>

  constructor(operations: readonly string[]) {
    this.#operations = new Set(operations)
  }

  /** Counts a call and, when it ended in one, its error code. */
  count(operation: string, error?: string): void {
    if (!this.#operations.has(operation)) {
      this.#unknown.set(operation, (this.#unknown.get(operation) ?? 0) + 1)
      return
    }
    const entry = this.#calls.get(operation) ?? { calls: 0, errors: new Map<string, number>() }
    entry.calls++
    if (error !== undefined) entry.errors.set(error, (entry.errors.get(error) ?? 0) + 1)
    this.#calls.set(operation, entry)
  }

  report(faults: Faults): CoverageReport {
    const called = [...this.#calls].toSorted(([a], [b]) => (a < b ? -1 : 1))
    return {
      operations: Object.fromEntries(
        called.map(([name, { calls, errors }]) => [name, { calls, errors: Object.fromEntries(errors) }]),
      ),
      untouched: [...this.#operations].filter((name) => !this.#calls.has(name)),
      unknown: Object.fromEntries(this.#unknown),
      faults: faults.rules.map((rule, index) => ({ rule, fired: faults.fired[index] ?? 0 })),
    }
  }

  reset(): void {
    this.#calls.clear()
    this.#unknown.clear()
  }
}
