import { calm, outcomesByJob } from '../../provisioning/index.ts'

/** What became of each job under each fault, on one screen: the report below tells why. */
export function outcomeTable(steps: Parameters<typeof outcomesByJob>[0], columns: number): string {
  const jobs = [...outcomesByJob(steps)].map(([job, outcomes]) => ({
    job,
    // What cannot happen to it, and that it does its work, are no news.
    rows: Object.entries(outcomes).filter(([word, faults]) => word !== 'not met' && !quiet(word, faults)),
  }))
  const width = Math.max(0, ...jobs.flatMap(({ rows }) => rows.map(([word]) => word.length)))
  return jobs
    .map(({ job, rows }) => {
      const lines = rows.flatMap(([word, faults]) => {
        const front = `  ${word.padEnd(width)}  `
        return laidOut(faults, columns - front.length).map(
          (line, at) => (at === 0 ? front : ' '.repeat(front.length)) + line,
        )
      })
      return [job, ...(lines.length === 0 ? ['  did its work'] : lines)].map((line) => `${line}\n`).join('')
    })
    .map((text) => `${text}\n`)
    .join('')
}

function quiet(word: string, faults: readonly string[]): boolean {
  return word === 'did its work' && faults.every((fault) => fault === calm)
}

function laidOut(names: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const [at, name] of names.entries()) {
    const word = at === names.length - 1 ? name : `${name},`
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
