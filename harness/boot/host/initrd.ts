import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import { messageOf } from '../../kernel/index.ts'
import { isCpio, readCpio } from './cpio.ts'
import { unlz4 } from './lz4.ts'

/** What an initrd carries. */
export interface InitrdContent {
  readonly paths: ReadonlySet<string>
  /** Of small files below `etc` and `cryptroot`: what they say. */
  readonly texts: ReadonlyMap<string, string>
}

/** `unknown`: a form that is not read here, so that nobody can say whether it is good. */
export type ReadInitrd =
  | { readonly content: InitrdContent }
  | { readonly unreadable: string }
  | { readonly unknown: string }

/** Decompressed an initrd has some hundred MiB at most; what claims more is something else. */
const mostBytes = 2 ** 30
const keptBytes = 64 * 1_024

/**
 * Takes an initrd apart: archives one after the other, plain ones first (microcode), the last one most often
 * compressed. gzip, lz4 and zstd are read; what is in another compression is unknown, and judged by nobody.
 */
export async function readInitrd(bytes: Uint8Array): Promise<ReadInitrd> {
  const [paths, texts] = [new Set<string>(), new Map<string, string>()]
  let rest = bytes
  while (rest.length > 0) {
    if (isCpio(rest)) {
      const { files, end, whole } = readCpio(rest)
      if (!whole) return { unreadable: 'it is cut off' }
      for (const { path, content } of files) {
        paths.add(path)
        if (content.length <= keptBytes && /^(?:etc|cryptroot|conf)\//.test(path)) {
          texts.set(path, new TextDecoder().decode(content))
        }
      }
      rest = rest.subarray(end)
      continue
    }
    const name = compressionOf(rest)
    const unpack = name === undefined ? undefined : unpackers[name]
    if (unpack === undefined) {
      return name === undefined ? { unreadable: 'it is no initrd' } : { unknown: `it is compressed with ${name}` }
    }
    try {
      rest = await unpack(rest, { maxOutputLength: mostBytes })
    } catch (error) {
      return { unreadable: `its ${name} cannot be unpacked: ${messageOf(error)}` }
    }
    if (!isCpio(rest)) return { unreadable: `what its ${name} holds is no cpio archive` }
  }
  // Microcode alone is whole, and starts nothing.
  return paths.has('init') ? { content: { paths, texts } } : { unreadable: 'it holds no init' }
}

type Unpack = (bytes: Uint8Array, limits: { readonly maxOutputLength: number }) => Promise<Uint8Array>

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
  lz4: async (bytes, limits) => unlz4(bytes, limits),
}

/** By the first bytes, as the kernel's lib/decompress.c tells them apart. */
const beginnings: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['lz4', [0x02, 0x21, 0x4c, 0x18]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['lzma', [0x5d, 0x00, 0x00]],
  ['lzo', [0x89, 0x4c, 0x5a]],
]

function compressionOf(bytes: Uint8Array): string | undefined {
  return beginnings.find(([, first]) => first.every((byte, index) => bytes[index] === byte))?.[0]
}
