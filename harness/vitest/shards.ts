import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../kernel/index.ts'

export interface Shard {
  readonly index: number
  readonly count: number
}

/** Where Vitest leaves the result of one shard, below the root. */
export const blobFolder = join('.vitest', 'blob')

const blobName = /^blob-(\d+)-(\d+)\.json$/

/** @throws UsageError unless it is `i/n` with 1 <= i <= n */
export function parseShard(given: string): Shard {
  const [index = 0, count = 0] = /^\d+\/\d+$/.test(given) ? given.split('/').map(Number) : []
  if (index >= 1 && index <= count) return { index, count }
  throw new UsageError({ path: 'seatrial test --shard', given: JSON.stringify(given), wanted: 'a share such as 1/3' })
}

/** Blobs are named by shard, not by run: one of an earlier run must not pass for this one's. */
export async function dropBlob(root: string, { index, count }: Shard): Promise<void> {
  await rm(join(root, blobFolder, `blob-${index}-${count}.json`), { force: true })
}

/**
 * Vitest merges what is there and calls it whole. This refuses unless every shard is there.
 *
 * @throws UsageError naming the shards that are missing, or the different counts that were found
 */
export async function demandAllShards(folder: string): Promise<void> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new UsageError({
      path: 'seatrial test --merge',
      given: folder,
      wanted: 'a folder with blobs of shards',
      cause,
    })
  })
  const shards = names.flatMap((name): Shard[] => {
    const [, index, count] = blobName.exec(name) ?? []
    return index === undefined || count === undefined ? [] : [{ index: Number(index), count: Number(count) }]
  })
  const counts = [...new Set(shards.map((shard) => shard.count))]
  const [count] = counts
  if (count === undefined || counts.length > 1) {
    throw new UsageError({
      path: 'seatrial test --merge',
      given:
        count === undefined
          ? `${folder} without any blob`
          : `${folder} with blobs of ${counts.join(' and of ')} shards`,
      wanted: 'the blobs of all shards of one run, and no others',
      mend: 'Empty the folder, then gather the blobs of this run alone.',
    })
  }
  const there = new Set(shards.map((shard) => shard.index))
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !there.has(index))
  if (missing.length > 0) {
    throw new UsageError({
      path: 'seatrial test --merge',
      given: `${there.size} of ${count} shards`,
      wanted: `all of them; missing: ${missing.map((index) => `${index}/${count}`).join(', ')}`,
      mend: 'Gather the missing blobs, or run those shards; a merge without them would call untested files passed.',
    })
  }
}
