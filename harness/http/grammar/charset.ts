import { isUtf8 } from 'node:buffer'

/** True where no byte is beyond ASCII. */
export const isAscii = (body: Uint8Array): boolean => body.every((byte) => byte < 128)
// Bytes that Windows-1252 leaves unassigned (IANA character sets); TextDecoder would read them.
const unassigned = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])
const isWindows1252 = (body: Uint8Array): boolean => !body.some((byte) => unassigned.has(byte))

function isIn(charset: string): (body: Uint8Array) => boolean {
  return (body) => {
    try {
      new TextDecoder(charset, { fatal: true }).decode(body)
      return true
    } catch {
      return false
    }
  }
}

/** Whether bytes are text, by the name of a charset in lower case: of those that leave byte sequences which cannot be. */
export const charsetReaders: ReadonlyMap<string, (body: Uint8Array) => boolean> = new Map([
  ['utf-8', isUtf8],
  ['utf8', isUtf8],
  ['us-ascii', isAscii],
  ['ascii', isAscii],
  ['windows-1252', isWindows1252],
  ['cp1252', isWindows1252],
  ...['utf-16', 'utf-16le', 'shift_jis', 'euc-jp', 'euc-kr', 'gbk', 'gb2312', 'big5'].map(
    (name) => [name, isIn(name)] as const,
  ),
])
