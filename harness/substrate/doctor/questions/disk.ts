import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { question } from '../question.ts'

// The images of the reference deployment come to about one gigabyte, and a run writes little.
const neededGigabytes = 2
const comfortableGigabytes = 10

export const disk = question({
  id: 'disk',
  title: 'Disk space',
  neededBy: 'run',
  async ask() {
    const places = [...new Set([process.cwd(), tmpdir(), '/var/lib/docker'])]
    const sizes = await Promise.all(places.map(freeGigabytes))
    const known = places.flatMap((place, index) => {
      const free = sizes[index]
      return free === undefined ? [] : [{ place, free }]
    })
    const least = Math.min(...known.map(({ free }) => free))
    const detail = `free: ${known.map(({ place, free }) => `${free.toFixed(1)} GB for ${place}`).join(', ')}`
    const fix = 'docker system prune, or a larger disk'
    if (least < neededGigabytes) return { state: 'missing', detail: `${detail}; ${neededGigabytes} GB are needed`, fix }
    return least < comfortableGigabytes ? { state: 'degraded', detail, fix } : { state: 'ok', detail }
  },
})

/** Undefined where the folder is not there, as the engine's is when the engine is elsewhere. */
async function freeGigabytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return (bavail * bsize) / 1e9
  } catch {
    return undefined
  }
}
