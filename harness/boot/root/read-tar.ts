import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Header } from 'tar-stream'
import { extract } from 'tar-stream'
import { absolute, isKept, worthSkipping } from './names.ts'
import type { Entry } from './root.ts'
import { beginning } from './root.ts'
import type { Stored } from './stored.ts'

const mostBytes = 512 * 2 ** 20
/** Together; a host has some hundred MiB of initrds at most. */
const mostKept = 2 ** 30
/** An archive of files gets three to ten times as long; from here on it is a bomb. */
const [bombFactor, bombFrom] = [100, 64 * 2 ** 20]
const mostNames = 5_000_000

export type Compression = 'gzip' | 'zstd'

/** A member of an archive: tar-stream gives a stream with its header. */
export type TarEntry = AsyncIterable<unknown> & { readonly header: Header }

/** What takes an entry in place of the usual way; true when it did. */
export type Aside = (path: string, entry: TarEntry) => Promise<boolean>

interface ReadTarOptions {
  readonly aside?: Aside
  /** The folder that its names are below of. */
  readonly under?: string
}

/**
 * Reads a tar archive once, as it passes. Memory holds names and what checks look into.
 *
 * @throws Error of tar-stream or zlib for bytes that are no archive or cut off, or that unpack without end
 */
export async function readTar(
  bytes: Readable,
  compression: Compression | undefined,
  { aside, under = '' }: ReadTarOptions = {},
): Promise<Map<string, Stored>> {
  const stored = new Map<string, Stored>()
  const reader = extract()
  const at = (name: string): string => absolute(`${under}/${name}`)
  let total = 0
  const reading = (async () => {
    for await (const entry of reader) {
      const path = at(entry.header.name)
      if (aside !== undefined && entry.header.type === 'file' && (await aside(path, entry))) continue
      const size = entry.header.size ?? 0
      const wanted = isKept(path) && entry.header.type === 'file' && size <= mostBytes
      total += wanted ? size : 0
      if (total > mostKept || stored.size > mostNames)
        throw new Error('it holds more than a host has in /etc and /boot')
      const starts = entry.header.type === 'file' && ((entry.header.mode ?? 0) & 0o111) !== 0 && size < worthSkipping
      const parts: Buffer[] = []
      // To its end, wanted or not: what goes on to the next one before that may wait for ever.
      for await (const part of entry) if (wanted || (starts && parts.length === 0)) parts.push(part as Buffer)
      if (path === '/') continue
      const hard = entry.header.type === 'link' ? stored.get(at(entry.header.linkname ?? '')) : undefined
      const begins = starts ? Buffer.concat(parts).toString('latin1', 0, beginning) : undefined
      stored.set(
        path,
        hard ?? {
          entry: entryOf(entry.header),
          ...(wanted && { content: Buffer.concat(parts) }),
          ...(begins !== undefined && { begins }),
        },
      )
    }
  })()
  const unpacking = {
    gzip: () => createGunzip({ chunkSize: 256 * 1_024 }),
    zstd: () => createZstdDecompress({ chunkSize: 256 * 1_024 }),
  }
  if (compression === undefined) {
    await Promise.all([pipeline(bytes, reader), reading])
  } else {
    const passed = { packed: 0, unpacked: 0 }
    const packed = counted((length) => (passed.packed += length))
    const unpacked = counted((length) => {
      passed.unpacked += length
      if (passed.unpacked > bombFrom && passed.unpacked > bombFactor * passed.packed) {
        throw new Error(`it unpacks to more than ${bombFactor} times its size`)
      }
    })
    await Promise.all([pipeline(bytes, packed, unpacking[compression](), unpacked, reader), reading])
  }
  return stored
}

function counted(count: (length: number) => void): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (source) {
    for await (const part of source) {
      count(part.length)
      yield part
    }
  }
}

function entryOf({ type, mode, size, mtime, linkname, uid }: Header): Entry {
  const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : type === 'symlink' ? 'link' : 'other'
  return {
    kind,
    mode: (mode ?? 0o644) & 0o7777,
    size: size ?? 0,
    modifiedAt: mtime?.getTime() ?? 0,
    ...(uid !== undefined && { uid }),
    ...(kind === 'link' && { target: linkname ?? '' }),
  }
}

/** By the first bytes of a file. */
export function compressionOf(first: Uint8Array): Compression | undefined {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, index) => first[index] === byte)
  return begins(0x1f, 0x8b) ? 'gzip' : begins(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : undefined
}

/** Whether a file begins as a tar archive does, compressed or not. */
export function isArchive(first: Uint8Array): boolean {
  const magic = new TextDecoder('latin1').decode(first.subarray(257, 262))
  return magic === 'ustar' || compressionOf(first) !== undefined
}
