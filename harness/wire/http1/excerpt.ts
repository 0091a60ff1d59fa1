const named: Readonly<Record<number, string>> = { 0: '\\0', 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' }

/** Most characters of an excerpt, after escaping. */
export const excerptLength = 80

/** The first bytes as printable ASCII: controls and bytes above 126 escaped, at most 80 characters. */
export function excerptOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes.subarray(0, excerptLength)) {
    const piece =
      named[byte] ?? (byte < 32 || byte > 126 ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte))
    if (text.length + piece.length > excerptLength) break
    text += piece
  }
  return text
}
