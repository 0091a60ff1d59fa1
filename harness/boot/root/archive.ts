import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { layerReader } from './layers.ts'
import type { Compression } from './read-tar.ts'
import { compressionOf, readTar } from './read-tar.ts'
import type { Root } from './root.ts'
import { storedRoot } from './stored.ts'

/**
 * A tar archive with the tree of a host, plain or compressed with gzip or zstd: `docker export`, `tar -C / -c .`; or with a
 * container image: `docker save`, an OCI archive. It is read once, as it passes, and only what checks look into stays in
 * memory.
 *
 * @throws SeatrialError `SEATRIAL_NO_ARCHIVE` (unsettled: prerequisite) for an archive that is cut off or none
 */
export async function archiveRoot(file: string, first: Uint8Array): Promise<Root> {
  return rootOfTar(file, createReadStream(file, { highWaterMark: 2 ** 20 }), compressionOf(first))
}

/** The same of bytes that come from elsewhere. */
export async function rootOfTar(name: string, bytes: Readable, compression?: Compression): Promise<Root> {
  try {
    const layers = layerReader()
    const outer = await readTar(bytes, compression, layers.aside)
    const tree = layers.merged(outer) ?? outer
    if (tree.size === 0) throw new Error('it is empty')
    return storedRoot(name, tree)
  } catch (error) {
    throw new SeatrialError('SEATRIAL_NO_ARCHIVE', `${name} cannot be read as an archive: ${messageOf(error)}`, {
      mend: 'Make it anew: docker export CONTAINER >host.tar, or tar -C ROOT -cf host.tar .',
      because: 'prerequisite',
      cause: error,
    })
  }
}
