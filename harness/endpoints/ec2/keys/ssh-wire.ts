/** Data types of SSH (RFC 4251 section 5). */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function sshString(content: Buffer | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return Buffer.concat([uint32(bytes.length), bytes])
}

/** A positive number, big-endian: no zeros before it, but one where the highest bit is set. */
export function mpint(magnitude: Buffer): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0)
  const bytes = magnitude.subarray(first === -1 ? magnitude.length : first)
  return sshString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

/** The strings that a blob is made of; undefined when it is cut short or has something left over. */
export function readStrings(blob: Buffer): Buffer[] | undefined {
  const strings: Buffer[] = []
  let at = 0
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return undefined
    strings.push(blob.subarray(at + 4, end))
    at = end
  }
  return strings
}

/** Base64 in lines. */
export function lines(content: Buffer, width: number): string[] {
  return content.toString('base64').match(new RegExp(`.{1,${width}}`, 'g')) ?? []
}
