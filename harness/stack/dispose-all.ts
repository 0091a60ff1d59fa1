/**
 * Disposes in reverse order, goes on past failures, and then tells all of them.
 *
 * @throws the one error, or an AggregateError of several
 */
export async function disposeAll(things: readonly AsyncDisposable[]): Promise<void> {
  const errors: unknown[] = []
  for (const thing of things.toReversed()) {
    try {
      await thing[Symbol.asyncDispose]()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} things could not be disposed`)
}
