import type { Attachment, LocatedFinding, Things, Timeline } from '../kernel/index.ts'
import type { Redactor } from './redact.ts'
import type { JournalEvent, RunHead } from './schema.ts'

type StepEvent = Extract<JournalEvent, { event: 'step' }>['step']

/**
 * Redacts what came from outside and leaves our own words alone: a secret that happens to be
 * `http` must not make the record unreadable.
 */
export function redactEvent(event: JournalEvent, redact: Redactor): JournalEvent {
  switch (event.event) {
    case 'start':
      return { event: 'start', head: redactHead(event.head, redact) }
    case 'stack': {
      const parts = event.parts.map((part) => ({
        ...part,
        name: redact(part.name),
        description: redact(part.description),
      }))
      return { event: 'stack', parts }
    }
    case 'step':
      return { event: 'step', step: redactStep(event.step, redact) }
    case 'end':
      return event
  }
}

function redactHead(head: RunHead, redact: Redactor): RunHead {
  const accept = head.gate.accept.map((entry) => ({
    ...entry,
    subject: redact(entry.subject),
    place: redact(entry.place),
    reason: redact(entry.reason),
    owner: redact(entry.owner),
  }))
  const gate = { ...head.gate, accept, baseline: redact(head.gate.baseline) }
  const { depends } = head
  return {
    ...head,
    command: redact(head.command),
    gate,
    ...(depends !== undefined && {
      depends: byName(depends, redact, (one) => ({ ...one, needs: one.needs.map(alone(redact)) })),
    }),
  }
}

/** A name is a text, whatever it sounds like: `service:token` hides nothing of what stands behind it. */
function byName<T>(table: Readonly<Record<string, T>>, redact: Redactor, each: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [redact(name), each(value)]))
}

const alone =
  (redact: Redactor) =>
  (name: string): string =>
    redact(name)

function redactThings({ needs, asked }: Things, redact: Redactor): Things {
  return {
    ...(needs !== undefined && { needs: byName(needs, redact, (needed) => needed.map(alone(redact))) }),
    ...(asked !== undefined && { asked: asked.map(alone(redact)) }),
  }
}

function redactStep(step: StepEvent, redact: Redactor): StepEvent {
  const { unsettled, skipped, attachments, timeline, things } = step
  return {
    ...step,
    subject: redact(step.subject),
    findings: step.findings.map((finding) => redactFinding(finding, redact)),
    ...(unsettled === undefined
      ? {}
      : { unsettled: { ...unsettled, why: redact(unsettled.why), mend: redact(unsettled.mend) } }),
    ...(skipped === undefined ? {} : { skipped: redact(skipped) }),
    ...(attachments === undefined ? {} : { attachments: attachments.map((one) => redactAttachment(one, redact)) }),
    ...(timeline !== undefined && { timeline: redactTimeline(timeline, redact) }),
    ...(things !== undefined && { things: redactThings(things, redact) }),
  }
}

function redactFinding<F extends LocatedFinding>(finding: F, redact: Redactor): F {
  return {
    ...finding,
    subject: redact(finding.subject),
    place: redact(finding.place),
    // What a finding about cookies shows holds cookies, whatever the evidence calls them.
    evidence: redact(finding.evidence, finding.place),
    sentence: redact(finding.sentence, finding.place),
    wants: redact(finding.wants),
    remedy: redact(finding.remedy),
    ...(finding.about !== undefined && { about: redact(finding.about) }),
    replay: redact(finding.replay),
  }
}

/** Texts alone: a moment that happens to be the number of a secret tells nobody anything. */
function redactTimeline(timeline: Timeline, redact: Redactor): Timeline {
  const { title, marks, spans, facts } = timeline
  const told = <T extends { readonly what: string }>(each: T): T => ({ ...each, what: redact(each.what) })
  return {
    ...timeline,
    title: redact(title),
    marks: marks.map(told),
    ...(spans !== undefined && { spans: spans.map(told) }),
    ...(facts !== undefined && { facts: facts.map((each) => ({ ...told(each), value: redact(each.value) })) }),
  }
}

function redactAttachment(attachment: Attachment, redact: Redactor): Attachment {
  return { ...attachment, name: redact(attachment.name), content: redact(attachment.content, attachment.name) }
}
