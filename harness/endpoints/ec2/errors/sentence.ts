/** Codes with their HTTP statuses and their sentences. */
export type ErrorTable = Readonly<Record<string, readonly [status: number, says: (...args: never[]) => string]>>

/** The sentence of a NotFound code, which names every id that is not there. */
export const missing =
  (one: string, many: string) =>
  (...ids: string[]): string =>
    ids.length === 1 ? `The ${one} '${ids[0]}' does not exist` : `The ${many} '${ids.join(', ')}' do not exist`
