import { expect, test } from 'vitest'
import { runRecord } from '../../record/schema.ts'
import { sampleRecord } from '../sample-everything.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'

const options = { colour: false, columns: 100 }

test('JSON is the record itself and reads back as one', () => {
  const read: unknown = JSON.parse(json.render(sampleRecord(), options))
  expect(read).toEqual(sampleRecord())
  expect(runRecord.parse(read)).toEqual(sampleRecord())
})

test('JSON lines hold every finding, every step that could not look, every cause, every note, and the verdict last', () => {
  const lines = jsonl.render(sampleRecord(), options).trimEnd().split('\n')
  const read: { is: string; rule?: string; step?: string }[] = JSON.parse(`[${lines.join(',')}]`)
  expect(Object.entries(Object.groupBy(read, ({ is }) => is)).map(([is, of]) => [is, of?.length])).toEqual([
    ['finding', 11],
    ['unsettled', 3],
    ['cause', 2],
    ['note', 2],
    ['verdict', 1],
  ])
  expect(read.find(({ rule }) => rule === 'http/range-ignored')?.step).toBe('http/range-satisfiable')
  expect(read.at(-1)).toEqual({
    is: 'verdict',
    run: '20261121-030405-sample',
    verdict: 'failed',
    exitCode: 1,
    state: 'interrupted',
    endedAt: '2026-11-21T03:04:46.200Z',
  })
})
