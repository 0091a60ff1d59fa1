/** What healing did while agents failed everywhere, as plain data: the check `boot/cascade` judges it. */
export interface CascadeSeen {
  readonly date: string
  readonly hosts: number
  readonly units: number
  /** Hosts that may be declared broken. */
  readonly threshold: number
  /** Hosts that it declared broken, in order. */
  readonly marked: readonly string[]
  /** Of them, those that it declared broken after it had asked for a human. */
  readonly markedAfterStop: readonly string[]
  /** What it told the human; undefined when it asked nobody. */
  readonly asked: string | undefined
  /** Units of all hosts that no longer run. */
  readonly lost: number
  /** Hosts that fail and nobody declared broken. */
  readonly failing: readonly string[]
  /** `deadline`: neither all hosts were marked, nor a human asked, nor did it end, within its time. */
  readonly end: 'asked' | 'all-marked' | 'gone' | 'deadline'
}
