/** A file in a cpio archive. */
export interface CpioFile {
  /** Without a slash at the front. */
  readonly path: string
  readonly mode: number
  readonly content: Uint8Array
}

/**
 * The files of a cpio archive in the "new ASCII" format, which is what a kernel unpacks; archives that follow each other
 * with zeros between them are one. Gives where what follows the last of them begins, and whether
 * the last of them came to its end.
 *
 * Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst.
 */
export function readCpio(bytes: Uint8Array): {
  readonly files: readonly CpioFile[]
  readonly end: number
  readonly whole: boolean
} {
  const files: CpioFile[] = []
  let whole = true
  let at = 0
  for (;;) {
    while (at < bytes.length && bytes[at] === 0) at++
    if (!isCpio(bytes.subarray(at))) return { files, end: at, whole }
    const number = (index: number): number => Number.parseInt(ascii(bytes, at + 6 + index * 8, 8), 16)
    const [mode, size, nameSize] = [number(1), number(6), number(11)]
    if (![mode, size, nameSize].every((each) => Number.isInteger(each) && each >= 0))
      return { files, end: at, whole: false }
    const nameAt = at + headSize
    const contentAt = aligned(nameAt + nameSize)
    if (contentAt + size > bytes.length) return { files, end: bytes.length, whole: false }
    const path = new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameSize - 1)).replace(/^(?:\.?\/)+/, '')
    whole = path === 'TRAILER!!!'
    if (!whole && path !== '') files.push({ path, mode, content: bytes.subarray(contentAt, contentAt + size) })
    at = aligned(contentAt + size)
  }
}

/** Whether bytes begin as such an archive does. */
export function isCpio(bytes: Uint8Array): boolean {
  return bytes.length >= headSize && /^07070[12]$/.test(ascii(bytes, 0, 6))
}

const headSize = 110
const aligned = (at: number): number => Math.ceil(at / 4) * 4
const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))
