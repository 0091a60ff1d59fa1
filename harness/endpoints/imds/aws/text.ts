/** ISO 8601 to the second, as AWS writes times. */
export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** JSON with a blank on both sides of the colon and two of indentation: scripts that grep have come to rely on it. */
export function json(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return '[]'
  return JSON.stringify(value, undefined, 2).replaceAll(/^(\s*"(?:[^"\\]|\\.)*"):/gm, '$1 :')
}
