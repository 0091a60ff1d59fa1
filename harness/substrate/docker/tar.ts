/**
 * The little of tar that the engine's archive calls need: one file in, one file out.
 *
 * Source: POSIX.1-2017, pax, "ustar Interchange Format".
 */
const block = 512

/** The first file of an archive, or where it points when it is a symbolic link. */
export function fileInTar(archive: Buffer): { readonly content: Uint8Array } | { readonly linkTo: string } {
  for (let at = 0; at + block <= archive.length;) {
    const text = (from: number, to: number): string =>
      archive.toString('utf8', at + from, at + to).replace(/\0.*$/s, '')
    const size = Number.parseInt(text(124, 136), 8) || 0
    const type = text(156, 157)
    if (type === '0' || type === '') return { content: archive.subarray(at + block, at + block + size) }
    if (type === '2') return { linkTo: text(157, 257) }
    if (type === '5') throw new Error('it is a folder')
    // Extended headers (pax "x" and "g", GNU "L") come before the entry that they describe.
    at += block + Math.ceil(size / block) * block
  }
  throw new Error('the archive holds no file')
}

/** An archive with one file, mode 0644, owned by root. */
export function tarOfFile(path: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(block)
  const name = path.replace(/^\/+/, '')
  const put = (text: string, at: number, size: number): void => {
    if (Buffer.byteLength(text) > size) throw new Error(`"${text}" is too long for a tar header`)
    head.write(text, at)
  }
  const [prefix, base] = splitName(name)
  put(base, 0, 100)
  put('0000644\0', 100, 8)
  put('0000000\0', 108, 8)
  put('0000000\0', 116, 8)
  put(`${content.length.toString(8).padStart(11, '0')}\0`, 124, 12)
  put('00000000000\0', 136, 12)
  put('        ', 148, 8)
  put('0', 156, 1)
  put('ustar\x0000', 257, 8)
  put(prefix, 345, 155)
  const sum = head.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8)
  const padding = Buffer.alloc((block - (content.length % block)) % block)
  return Buffer.concat([head, content, padding, Buffer.alloc(2 * block)])
}

function splitName(name: string): [prefix: string, base: string] {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  const slash = name.indexOf('/', Math.max(0, name.length - 101))
  return slash < 0 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)]
}
