/** How far the primary had come when it was asked. */
interface Sample {
  readonly at: number
  readonly sequence: number
}

/** Which replicas may be read from: those that have what the primary had some time ago. */
export interface Fitness {
  /** The primary was asked. Without its answers what it last said goes on to count. */
  readonly asked: (at: number, sequence: number) => void
  /** Whether a replica that has applied so much is fit now. */
  readonly isFit: (at: number, applied: number) => boolean
}

/**
 * @param graceMs how far a replica may be behind, milliseconds
 */
export function fitness(graceMs: number): Fitness {
  let samples: readonly Sample[] = []
  return {
    asked(at, sequence) {
      samples = [...samples, { at, sequence }]
    },
    isFit(at, applied) {
      const due = samples.findLastIndex((each) => each.at <= at - graceMs)
      if (due > 0) samples = samples.slice(due)
      return due === -1 || applied >= (samples[0]?.sequence ?? 0)
    },
  }
}

/** The number at the end of a GTID position of one domain, `0-1-512`; 0 of none. */
export function sequenceOf(position: string): number {
  return Math.max(0, ...position.split(',').map((each) => Number(each.trim().split('-')[2] ?? 0)))
}
