import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test as base } from 'vitest'
import type { RunRecord } from '../../record/index.ts'
import { openJournal, readRecord, writeRecord } from '../../record/index.ts'
import { sampleHead, sampleStep } from '../../record/sample-run.ts'
import { completeInterrupted, judgeAgain } from '../complete.ts'
import { mergeRecords } from '../merge.ts'
import { about, look, recordOfScene } from '../testing/scene.ts'

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'seatrial-diagnosis-'))
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
})

const depends = { 'site:shop': { needs: ['mount:/data'] } }
const mountGone = look('db', [about('mount:/data', 'not mounted')])
const siteDown = sampleStep({ findings: [about('site:shop', 'Status 502.', { subject: 'balancer /' })] })

const causes = ({ diagnosis }: RunRecord) => diagnosis?.causes.map(({ thing }) => thing)

describe('the causes of a run', () => {
  test('are there after a kill too, from what the journal had got to', async ({ folder }) => {
    {
      await using journal = await openJournal(folder, sampleHead({ depends }))
      for (const step of [siteDown, mountGone]) {
        const { looked, findings, ...rest } = step
        const written = { ...rest, looked: [...looked], findings: [...findings], attachments: [] }
        journal.append({ event: 'step', step: written })
      }
    }
    const record = await completeInterrupted(folder)
    expect(causes(record)).toEqual(['mount:/data'])
    await writeRecord(folder, record)
    expect(await readRecord(folder)).toEqual(record)
  })

  test('are made anew when the run is judged again under another policy', () => {
    const record = recordOfScene({ depends, steps: [siteDown, mountGone] })
    expect(causes(record)).toEqual(['mount:/data'])
    const entry = { rule: '*', subject: '*', place: '*', reason: 'r', owner: 'o', expires: '2027-01-01' }
    const excused = judgeAgain(record, { ...record.gate, accept: [entry] }, new Date(record.endedAt))
    expect(excused).not.toHaveProperty('diagnosis')
    expect(judgeAgain(excused, record.gate, new Date(record.endedAt))).toEqual(record)
  })

  test('are found across the parts of a run that was spread, of which each saw one end', () => {
    const part = (index: number, step: typeof siteDown): RunRecord => ({
      ...recordOfScene({ depends, steps: [step] }),
      id: `run-${index}`,
      shard: { index, count: 2 },
    })
    const [one, two] = [part(1, siteDown), part(2, mountGone)]
    expect(causes(one)).toEqual(['site:shop', 'mount:/data'])
    expect(one.diagnosis?.causes[1]?.state).toBe('not-looked-at')
    expect(mergeRecords([one, two]).diagnosis?.causes).toMatchObject([
      { thing: 'mount:/data', state: 'down', score: 1, explains: [{ thing: 'site:shop' }] },
    ])
    expect(() => mergeRecords([one, { ...two, depends: {} }])).toThrow(
      /depends: given {}, wanted the same as run run-1/,
    )
    const { depends: _, ...without } = two
    expect(() => mergeRecords([one, without])).toThrow(/depends: given nothing/)
  })
})
