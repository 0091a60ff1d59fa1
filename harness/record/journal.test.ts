import { execFile } from 'node:child_process'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test as base } from 'vitest'
import { foldEvents, readJournal } from './fold.ts'
import { openJournal } from './journal.ts'
import { sampleFinding, sampleHead, sampleStep } from './sample-run.ts'
import type { JournalEvent } from './schema.ts'

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-journal-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
})

const cost = { wallMs: 5, cpuMs: 3, peakMemoryBytes: 1 }
const end: JournalEvent = { event: 'end', state: 'complete', endedAt: '2026-11-21T09:48:24.000Z', cost }
const stepEvent = (subject: string): JournalEvent => ({
  event: 'step',
  step: { ...sampleStep({ subject }), looked: ['http/age'], findings: [], attachments: [] },
})

describe('a journal', () => {
  test('gives back the run that was written into it', async ({ folder }) => {
    {
      await using journal = await openJournal(folder, sampleHead())
      journal.append({ event: 'stack', parts: [{ name: 'web', kind: 'container', description: 'nginx' }] })
      journal.append(stepEvent('web /a'))
      journal.append(stepEvent('web /b'))
      journal.append(end)
    }
    const { events, tornCharacters } = await readJournal(folder)
    const folded = foldEvents(events)
    expect(tornCharacters).toBe(0)
    expect(folded.head).toEqual(sampleHead())
    expect(folded.parts.map((part) => part.name)).toEqual(['web'])
    expect(folded.steps.map((step) => step.subject)).toEqual(['web /a', 'web /b'])
    expect(folded.end).toEqual({ state: 'complete', endedAt: '2026-11-21T09:48:24.000Z', cost })
  })

  test('has every event on disk when the process is killed right after appending it', async ({ folder }) => {
    const script = `
      const { openJournal } = await import(${JSON.stringify(new URL('journal.ts', import.meta.url).href)})
      const { sampleHead, sampleStep } = await import(${JSON.stringify(new URL('sample-run.ts', import.meta.url).href)})
      const journal = await openJournal(${JSON.stringify(folder)}, sampleHead())
      for (let n = 0; n < 100; n += 1) journal.append({ event: 'step', step: sampleStep({ subject: 'web /' + n }) })
      process.kill(process.pid, 'SIGKILL')`
    await expect(promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])).rejects.toMatchObject({
      signal: 'SIGKILL',
    })
    const folded = foldEvents((await readJournal(folder)).events)
    expect(folded.steps).toHaveLength(100)
    expect(folded.end).toBeUndefined()
  })

  test('tells of a last line that was torn, and keeps all before it', async ({ folder }) => {
    await using journal = await openJournal(folder, sampleHead())
    journal.append(stepEvent('web /a'))
    await appendFile(journal.path, '{"event":"step","st')
    const { events, tornCharacters } = await readJournal(folder)
    expect(events.map(({ event }) => event)).toEqual(['start', 'step'])
    expect(tornCharacters).toBe(19)
  })

  test('with a broken line in the middle names the line', async ({ folder }) => {
    await using journal = await openJournal(folder, sampleHead())
    await appendFile(journal.path, 'nonsense\n{"event":"nap"}\n')
    await expect(readJournal(folder)).rejects.toMatchObject({
      path: `${journal.path}: line 2`,
      given: '"nonsense"',
      wanted: 'one journal event as JSON',
    })
  })

  test('holds no secret: not of the environment, not by its looks, in no member of any event', async ({ folder }) => {
    const secret = 'opensesame-42'
    {
      const depends = { [`site:${secret}`]: { needs: [`mount:/${secret}`] } }
      const head = sampleHead({ command: `seatrial run --x ${secret}`, depends })
      await using journal = await openJournal(folder, head, { secrets: [secret] })
      journal.append({ event: 'stack', parts: [{ name: 'web', kind: 'url', description: `http://u:${secret}@h/` }] })
      const finding = sampleFinding({
        place: 'response.fields.set-cookie',
        sentence: `The cookie sid=${secret}1 lacks Secure.`,
        evidence: { line: 'sid=s3ss10n; Path=/', [secret]: { deep: [secret] } },
        replay: `seatrial http http://h/?token=abcdef`,
        subject: `web /${secret}`,
        about: `site:${secret}`,
      })
      journal.append({
        event: 'step',
        step: {
          ...sampleStep({ subject: secret }),
          looked: [],
          findings: [finding],
          unsettled: { because: 'setup', why: secret, mend: secret },
          things: { needs: { [`site:${secret}`]: [`mount:/${secret}`] }, asked: [`site:${secret}`] },
          attachments: [{ name: 'log', contentType: 'text/plain', content: `Authorization: Bearer ${secret}` }],
        },
      })
    }
    const text = await readFile(join(folder, 'journal.jsonl'), 'utf8')
    for (const planted of [secret, 's3ss10n', 'abcdef']) expect(text).not.toContain(planted)
    expect(foldEvents((await readJournal(folder)).events).steps).toHaveLength(1)
  })

  test('stays readable when a secret is one of our own words', async ({ folder }) => {
    await using journal = await openJournal(folder, sampleHead(), { secrets: ['http', 'event', 'seatrial', 'subject'] })
    journal.append({
      event: 'step',
      step: { ...sampleStep(), looked: ['http/age'], findings: [sampleFinding()], attachments: [] },
    })
    expect(foldEvents((await readJournal(folder)).events).steps[0]?.findings[0]?.rule).toBe('http/age-not-integer')
  })

  test('is never shared: a second run in the same folder is refused', async ({ folder }) => {
    await using journal = await openJournal(folder, sampleHead())
    await expect(openJournal(folder, sampleHead())).rejects.toMatchObject({ code: 'SEATRIAL_JOURNAL_UNWRITABLE' })
    expect(journal.path).toBe(join(folder, 'journal.jsonl'))
  })

  test('that is not there, or has no start, is a wrong question', async ({ folder }) => {
    await expect(readJournal(folder)).rejects.toMatchObject({ code: 'SEATRIAL_USAGE', given: 'no readable file' })
    expect(() => foldEvents([end])).toThrow('without the start of the run')
  })
})
