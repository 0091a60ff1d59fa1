/** undici gives fields as bytes, name and value in turn; on the wire they are Latin-1. */
export function textsOf(
  raw: readonly Buffer[] | readonly string[] | Readonly<Record<string, unknown>> | null | undefined,
): string[] {
  if (!Array.isArray(raw)) return []
  return raw.map((each: Buffer | string) => (typeof each === 'string' ? each : each.toString('latin1')))
}
