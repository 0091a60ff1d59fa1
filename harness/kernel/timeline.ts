/**
 * What a moment is, whatever the domain: something broke, somebody noticed, something was changed in answer, it served
 * again, nothing moved any more. A moment without a kind is told and no more.
 */
export const markKinds = ['fault', 'notice', 'change', 'recovery', 'end'] as const

export type MarkKind = (typeof markKinds)[number]

/** One moment. */
export interface TimelineMark {
  /** In the unit of the timeline; below 0 is before the moment from which it counts. */
  readonly at: number
  readonly what: string
  readonly kind?: MarkKind
}

/** Something that lasted. */
export interface TimelineSpan {
  readonly from: number
  readonly to: number
  readonly what: string
}

/** A number that was measured with its unit, or a list in words: `RTO`, `383 ms`. */
export interface TimelineFact {
  readonly what: string
  readonly value: string
}

/** What happened in a step, and when: reports draw it. */
export interface Timeline {
  /** What 0 is stands in it where that is not plain. */
  readonly title: string
  readonly unit: 'ms'
  readonly marks: readonly TimelineMark[]
  readonly spans?: readonly TimelineSpan[]
  /** The most telling first: reports show them also where nothing went wrong. */
  readonly facts?: readonly TimelineFact[]
}
