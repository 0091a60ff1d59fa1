import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Header } from 'tar-stream'
import { extract } from 'tar-stream'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import type { Entry, Root } from './root.ts'
import { followed } from './root.ts'

/** What checks read the content of; of everything else names, kinds and modes are kept. */
const kept = /^\/(?:etc|boot|run\/systemd|usr\/lib\/systemd|lib\/systemd|usr\/local\/lib\/systemd)\//
const mostBytes = 512 * 2 ** 20

interface Stored {
  entry: Entry
  content?: Uint8Array
}

/**
 * A tar archive with the tree of a host, plain or compressed with gzip or zstd: `docker export`, `tar -C / -c .`. It is
 * read once, as it passes, and only what checks look into stays in memory.
 *
 * @throws SeatrialError `SEATRIAL_NO_ARCHIVE` (unsettled: prerequisite) for an archive that is cut off or none
 */
export async function archiveRoot(file: string, first: Uint8Array): Promise<Root> {
  return rootOfTar(file, createReadStream(file), compressionOf(first))
}

/** The same of bytes that come from elsewhere. */
async function rootOfTar(name: string, bytes: Readable, compression?: 'gzip' | 'zstd'): Promise<Root> {
  const stored = new Map<string, Stored>([['/', { entry: { kind: 'folder', mode: 0o755, size: 0, modifiedAt: 0 } }]])
  const reader = extract()
  const reading = (async () => {
    for await (const entry of reader) {
      const path = `/${entry.header.name.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '')}`
      const wanted = kept.test(path) && entry.header.type === 'file' && (entry.header.size ?? 0) <= mostBytes
      const parts: Buffer[] = []
      for await (const part of entry) if (wanted) parts.push(part as Buffer)
      if (path === '/') continue
      const hard = entry.header.type === 'link' ? stored.get(absolute(entry.header.linkname ?? '')) : undefined
      stored.set(path, hard ?? { entry: entryOf(entry.header), ...(wanted && { content: Buffer.concat(parts) }) })
    }
  })()
  const unpack = compression === 'gzip' ? [createGunzip()] : compression === 'zstd' ? [createZstdDecompress()] : []
  try {
    await Promise.all([pipeline([bytes, ...unpack, reader]), reading])
  } catch (error) {
    throw new SeatrialError('SEATRIAL_NO_ARCHIVE', `${name} cannot be read as an archive: ${messageOf(error)}`, {
      mend: 'Make it anew: docker export CONTAINER >host.tar, or tar -C ROOT -cf host.tar .',
      because: 'prerequisite',
      cause: error,
    })
  }
  return rootOf(name, stored)
}

function rootOf(name: string, stored: ReadonlyMap<string, Stored>): Root {
  const folders = new Map<string, Set<string>>()
  for (const path of stored.keys()) {
    // An archive may leave out the folders above a file.
    for (let at = path; at !== '/'; at = parentOf(at)) {
      const names = folders.get(parentOf(at)) ?? new Set<string>()
      folders.set(parentOf(at), names.add(at.slice(at.lastIndexOf('/') + 1)))
    }
  }
  const entry = async (path: string): Promise<Entry | undefined> => {
    const implied = folders.has(path) ? ({ kind: 'folder', mode: 0o755, size: 0, modifiedAt: 0 } as const) : undefined
    return stored.get(path)?.entry ?? implied
  }
  return {
    name,
    entry,
    async list(path) {
      const at = await followed({ entry }, path)
      return [...(folders.get(at ?? '') ?? [])].toSorted()
    },
    async read(path) {
      const at = await followed({ entry }, path)
      return stored.get(at ?? '')?.content
    },
  }
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
const absolute = (path: string): string => `/${path.replace(/^(?:\.?\/)+/, '')}`

function entryOf({ type, mode, size, mtime, linkname }: Header): Entry {
  const kind = type === 'file' ? 'file' : type === 'directory' ? 'folder' : type === 'symlink' ? 'link' : 'other'
  return {
    kind,
    mode: (mode ?? 0o644) & 0o7777,
    size: size ?? 0,
    modifiedAt: mtime?.getTime() ?? 0,
    ...(kind === 'link' && { target: linkname ?? '' }),
  }
}

/** By the first bytes of a file. */
function compressionOf(first: Uint8Array): 'gzip' | 'zstd' | undefined {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, index) => first[index] === byte)
  return begins(0x1f, 0x8b) ? 'gzip' : begins(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : undefined
}

/** Whether a file begins as a tar archive does, compressed or not. */
export function isArchive(first: Uint8Array): boolean {
  const magic = new TextDecoder('latin1').decode(first.subarray(257, 262))
  return magic === 'ustar' || compressionOf(first) !== undefined
}
