import type { Discovered } from '../discover.ts'
import { discover } from '../discover.ts'
import type { CacheCase } from './case.ts'
import type { Topic } from './topic.ts'
import { isTopic } from './topic.ts'

/** Every file of cases, in order of file name. */
export function topics(): Promise<Discovered<Topic>[]> {
  return discover(new URL('./cases/', import.meta.url), isTopic)
}

/** A case with the topic that judges it. */
export interface Chosen {
  readonly topic: Topic
  readonly subject: CacheCase
  /** Only played because others need it. */
  readonly forOthers: boolean
}

/** The cases that are asked for, by their own id or their topic's, and those that these need; all when none is named. */
export async function chooseCases(only: readonly string[]): Promise<readonly Chosen[]> {
  const all = (await topics()).flatMap(({ thing }) => thing.cases.map((subject) => ({ topic: thing, subject })))
  const asked = all.filter(
    ({ topic, subject }) => only.length === 0 || [topic.id, subject.id].some((id) => only.includes(id)),
  )
  const needed = new Set<string>()
  const need = (subject: CacheCase): void => {
    if (needed.has(subject.id)) return
    needed.add(subject.id)
    for (const id of subject.needs ?? []) {
      const found = all.find((one) => one.subject.id === id)
      if (found !== undefined) need(found.subject)
    }
  }
  for (const { subject } of asked) need(subject)
  return all.filter(({ subject }) => needed.has(subject.id)).map((one) => ({ ...one, forOthers: !asked.includes(one) }))
}
