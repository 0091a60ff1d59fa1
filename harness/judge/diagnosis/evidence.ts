import type { JsonObject } from '../../kernel/index.ts'
import { levels } from '../../kernel/index.ts'
import type { LikelyCause, RecordedFinding, RecordedStep } from '../../record/index.ts'

type Evidence = LikelyCause['evidence'][number]

const linesShown = 12
const linesOfOneLog = 3
const lineLength = 400
/** Of a log that says more, its end tells what came of it. */
const logRead = 1_000_000

/**
 * What speaks for a cause: the findings about it, the gravest first, each with the lines that it quotes; then lines of the
 * logs of steps that know the thing, if they name it and sound of trouble.
 */
export function evidenceFor(thing: string, steps: readonly RecordedStep[]): Evidence[] {
  const findings = steps
    .flatMap((step) => step.findings)
    .filter(({ about, level }) => about === thing && level !== 'good')
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
  const logged = steps.filter((step) => knows(step, thing)).flatMap((step) => loggedLines(thing, step))
  const lines = [...findings.flatMap(saidBy), ...logged]
  const told = new Set<string>()
  return lines
    .filter(({ line }) => !told.has(line) && told.add(line))
    .slice(0, linesShown)
    .map(({ from, line }) => ({ from, line: line.slice(0, lineLength) }))
}

function saidBy({ rule, place, sentence, evidence }: RecordedFinding): Evidence[] {
  const quoted = quotes(evidence).filter(([, text]) => !sentence.includes(text))
  return [{ from: `${rule} at ${place}`, line: sentence }, ...quoted.map(([key, text]) => ({ from: key, line: text }))]
}

/** Texts of the evidence that are long enough to be a line of something. */
function quotes(evidence: JsonObject): (readonly [key: string, text: string])[] {
  return Object.entries(evidence).flatMap(([key, value]) => {
    const texts = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
    return texts
      .flatMap((text) => text.split('\n'))
      .flatMap((text) => (text.trim().length > 7 ? ([[key, text.trim()]] as const) : []))
  })
}

function knows({ things, findings }: RecordedStep, thing: string): boolean {
  const needs = Object.entries(things?.needs ?? {})
  return (
    findings.some(({ about }) => about === thing) ||
    (things?.asked ?? []).includes(thing) ||
    needs.some(([name, needed]) => name === thing || needed.includes(thing))
  )
}

const trouble =
  /fail|error|timed? ?out|cannot|could not|can't|refused|denied|not found|no such|dependency|depend\b|panic|read-only/i

/** `[FAILED] Failed to mount /data.` for `mount:/data on web`. */
function loggedLines(thing: string, { attachments = [] }: RecordedStep): Evidence[] {
  const called = thing.slice(thing.indexOf(':') + 1).replace(/ on [^ ]+$/, '')
  // One sign names too much: "/" stands in every line.
  if (called.length < 3) return []
  const logs = attachments.filter(({ contentType }) => contentType.startsWith('text/'))
  return logs.flatMap(({ name, content }) =>
    content
      .slice(-logRead)
      .split(/\r?\n/)
      .filter((line) => trouble.test(line) && isNamed(called, line))
      .slice(0, linesOfOneLog)
      .map((line) => ({ from: name, line: line.trim() })),
  )
}

/** Whether a line has the name as a whole: `/data` is neither `/data2` nor `/srv/data`. */
function isNamed(name: string, line: string): boolean {
  const part = /[\w/-]/
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    const [before, after] = [line.charAt(at - 1), line.slice(at + name.length)]
    if (!part.test(before) && !/^[\w/-]|^\.\w/.test(after)) return true
  }
  return false
}
