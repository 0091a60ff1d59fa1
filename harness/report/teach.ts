import { clip, visible } from './escape.ts'
import { bySentence } from './group.ts'
import type { FindingGroup } from './group.ts'
import { count } from './words.ts'
import type { RecordedFinding } from '../record/schema.ts'

export interface Fact {
  readonly label: 'saw' | 'at' | 'more' | 'wanted' | 'mend' | 'source' | 'replay'
  readonly text: string
}

/** A group of findings, ready to be read by a person. Every text is safe for a terminal. */
export interface Lesson {
  /** `balancer /page (response.fields.age)`, or `12 places`. */
  readonly where: string
  readonly facts: readonly Fact[]
}

// Enough to see the pattern; the record has them all.
const sentencesShown = 6
const placesShown = 8
const sentenceLength = 1000

/** Where a finding was made: the subject, and the place inside it. */
export function whereOf({ subject, place }: Pick<RecordedFinding, 'subject' | 'place'>): string {
  return visible(clip(place === '' ? subject : `${subject} (${place})`, 300))
}

/** What was seen, what was wanted, what to do, where it is written, and how to see it again. */
export function lessonOf(group: FindingGroup): Lesson {
  const [first] = group.sightings
  const single = group.sightings.length === 1
  const said = bySentence(group)
  const saw = said.slice(0, sentencesShown).flatMap(([sentence, sightings]): Fact[] => {
    const sentenceFact: Fact = { label: 'saw', text: visible(clip(sentence, sentenceLength)) }
    if (single) return [sentenceFact]
    const places = sightings.slice(0, placesShown).map((sighting): Fact => ({ label: 'at', text: whereOf(sighting) }))
    const hidden = sightings.length - places.length
    return [sentenceFact, ...places, ...(hidden > 0 ? [more(hidden, 'place')] : [])]
  })
  const unsaid = said.slice(sentencesShown).reduce((sum, [, sightings]) => sum + sightings.length, 0)
  return {
    where: single ? whereOf(first) : count(group.sightings.length, 'place'),
    facts: [
      ...saw,
      ...(unsaid > 0 ? [more(unsaid, 'place')] : []),
      { label: 'wanted', text: visible(clip(group.wants, sentenceLength)) },
      { label: 'mend', text: visible(clip(group.remedy, sentenceLength)) },
      { label: 'source', text: visible(clip(`${group.reference.title}  ${group.reference.url}`, 500)) },
      { label: 'replay', text: visible(clip(first.replay, 2000)) },
    ],
  }
}

const more = (hidden: number, thing: string): Fact => ({
  label: 'more',
  text: `and ${count(hidden, `more ${thing}`)}: all are in run.json`,
})

/** The lesson as plain lines, for formats that only carry text. */
export function lessonLines(lesson: Lesson): string[] {
  return lesson.facts.map(({ label, text }) => `${(label === 'more' ? '' : `${label}:`).padEnd(8)}${text}`)
}
