import type { StepReport } from '../kernel/index.ts'
import type { Redactor } from '../record/index.ts'
import { redactEvent } from '../record/index.ts'

/**
 * A step without the secrets of the configuration. Only the worker knows those, and what a test
 * is handed ends in messages, evidence and the record.
 */
export function redactStep({ looked, findings, attachments, ...step }: StepReport, redact: Redactor): StepReport {
  // The record's arrays are its own; a report's are read-only.
  const copy = {
    ...step,
    looked: [...looked],
    findings: findings.map((finding) => ({ ...finding })),
    ...(attachments !== undefined && { attachments: [...attachments] }),
  }
  const event = redactEvent({ event: 'step', step: copy }, redact)
  // The cast holds because redaction leaves out what is not there, which the schema's type cannot say.
  return event.event === 'step' ? (event.step as StepReport) : copy
}
