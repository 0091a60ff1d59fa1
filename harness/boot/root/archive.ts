import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { messageOf, SeatrialError } from '../../kernel/index.ts'
import { layerReader } from './layers.ts'
import { compressionOf, readTar } from './read-tar.ts'
import type { Root } from './root.ts'
import { withoutContents } from './skipping.ts'
import { storedRoot } from './stored.ts'

/**
 * A tar archive with the tree of a host, plain or compressed with gzip or zstd: `docker export`, `tar -C / -c .`; or with a
 * container image: `docker save`, an OCI archive. It is read once: what nobody looks into is jumped over where the archive
 * is not compressed, and never kept.
 *
 * @throws SeatrialError `SEATRIAL_NO_ARCHIVE` (unsettled: prerequisite) for an archive that is cut off or none
 */
export async function archiveRoot(file: string, first: Uint8Array): Promise<Root> {
  const compression = compressionOf(first)
  const bytes =
    compression === undefined
      ? Readable.from(withoutContents(file), { objectMode: false })
      : createReadStream(file, { highWaterMark: 2 ** 20 })
  try {
    const layers = layerReader()
    const outer = await readTar(bytes, compression, { aside: layers.aside })
    const tree = layers.merged(outer) ?? outer
    if (tree.size === 0) throw new Error('it is empty')
    return storedRoot(file, tree)
  } catch (error) {
    throw new SeatrialError('SEATRIAL_NO_ARCHIVE', `${file} cannot be read as an archive: ${messageOf(error)}`, {
      mend: 'Make it anew: docker export CONTAINER >host.tar, or tar -C ROOT -cf host.tar .',
      because: 'prerequisite',
      cause: error,
    })
  }
}
