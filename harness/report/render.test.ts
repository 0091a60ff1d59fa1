import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UsageError } from '../kernel/index.ts'
import { renderReport, reportFormats, writeReports } from './index.ts'
import { sampleRecord } from './sample-everything.ts'
import { largeRecord } from './sample-record.ts'

const options = { colour: false, columns: 100 }
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-report-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the folder of formats is the list of formats, and each file is named like its format', async () => {
  const formats = await reportFormats()
  expect(formats.map(({ name }) => name)).toEqual([
    'github-annotations',
    'github-summary',
    'html',
    'json',
    'jsonl',
    'junit',
    'openmetrics',
    'sarif',
    'text',
  ])
  const files = (await readdir(new URL('./formats/', import.meta.url))).filter((name) => !name.includes('.test.'))
  expect(files.toSorted()).toEqual(formats.map(({ name }) => `${name}.ts`))
})

test('no two formats write the same file', async () => {
  const files = (await reportFormats()).flatMap(({ file }) => (file === undefined ? [] : [file]))
  expect(new Set(files).size).toBe(files.length)
})

test('an unknown format names the formats there are and the one that was probably meant', async () => {
  const asked = renderReport('juint', sampleRecord(), options)
  await expect(asked).rejects.toThrow(UsageError)
  await expect(asked).rejects.toMatchObject({
    message:
      '--format: given "juint", wanted one of github-annotations, github-summary, html, json, jsonl, junit, openmetrics, sarif, text',
    mend: 'Did you mean junit?',
  })
})

test('the same record gives the same text, byte for byte', async () => {
  for (const { name } of await reportFormats()) {
    const [first, second] = await Promise.all([
      renderReport(name, sampleRecord(), options),
      renderReport(name, sampleRecord(), options),
    ])
    expect(first, name).toBe(second)
    expect(first.length, name).toBeGreaterThan(100)
  }
})

describe('writing reports into the folder of a run', () => {
  test('each format has its file, older files are replaced, and nothing half-written stays', async () => {
    await writeFile(join(folder, 'junit.xml'), 'old')
    const paths = await writeReports(sampleRecord(), folder, ['junit', 'html'])
    expect(paths).toEqual([join(folder, 'junit.xml'), join(folder, 'index.html')])
    expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toBe(await renderReport('junit', sampleRecord(), options))
    expect((await readdir(folder)).toSorted()).toEqual(['index.html', 'junit.xml'])
  })

  test('a format that belongs on a console says how to keep it', async () => {
    await expect(writeReports(sampleRecord(), folder, ['text'])).rejects.toMatchObject({
      code: 'SEATRIAL_USAGE',
      mend: expect.stringContaining('--format text'),
    })
  })

  test('a place that cannot be written to is a clear error with the path', async () => {
    const blocked = join(folder, 'junit.xml', 'below-a-file')
    await expect(writeReports(sampleRecord(), blocked, ['sarif'])).rejects.toMatchObject({
      code: 'SEATRIAL_RECORD_UNWRITABLE',
      message: expect.stringContaining(join(blocked, 'report.sarif')),
    })
  })
})

describe('ten thousand findings', async () => {
  const record = largeRecord(2000, 5)
  const names = (await reportFormats()).map(({ name }) => name)

  test.for(names)('are told by %s within three seconds', async (name) => {
    const start = performance.now()
    const told = await renderReport(name, record, options)
    expect(performance.now() - start).toBeLessThan(3000)
    expect(told.length).toBeGreaterThan(1000)
  })

  test.for(['text', 'html', 'github-summary', 'github-annotations'])(
    'stay below a megabyte in %s, which is for people',
    async (name) => {
      expect((await renderReport(name, record, options)).length).toBeLessThan(1024 * 1024)
    },
  )
})
