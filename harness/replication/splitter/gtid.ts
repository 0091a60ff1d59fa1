/** The last write that clients of a splitter were told of, by GTID: what a replica must have before it may answer. */
export interface LastWrite {
  readonly gtid: string | undefined
  /** Takes note of a GTID that a server gave; an older one, or none, changes nothing. */
  readonly note: (gtid: string | null) => void
}

/** Of one replication domain, as drills have: the number at the end counts up, whoever writes. */
export function lastWrite(): LastWrite {
  let [gtid, sequence]: [string | undefined, number] = [undefined, 0]
  return {
    get gtid() {
      return gtid
    },
    note(given) {
      const found = /^\d+-\d+-(\d+)$/.exec(given ?? '')
      if (found === null || Number(found[1]) <= sequence) return
      ;[gtid, sequence] = [found[0], Number(found[1])]
    },
  }
}
