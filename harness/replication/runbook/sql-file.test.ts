import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parseSqlFile } from './sql-file.ts'

const parse = (text: string) => parseSqlFile(text, 'promote.sql')

test('the example of the documents is read as it is meant', async () => {
  const file = new URL('../../../fixtures/replication/documents.sql', import.meta.url)
  const steps = parse(await readFile(file, 'utf8'))
  expect(
    steps.map((step) => [step.kind, step.target, step.kind === 'statements' ? step.statements.length : 0]),
  ).toEqual([
    ['statements', 'candidate', 3],
    ['clients', 'candidate', 0],
    ['statements', 'others', 3],
  ])
})

test('statements go on at the nodes of their section after clients were led', () => {
  expect(parse('-- @on node-3\nSTOP SLAVE;\n-- @clients node-3\nSELECT 1;')).toEqual([
    { kind: 'statements', target: 'node-3', statements: [{ line: 2, text: 'STOP SLAVE' }] },
    { kind: 'clients', target: 'node-3' },
    { kind: 'statements', target: 'node-3', statements: [{ line: 4, text: 'SELECT 1' }] },
  ])
})

test('semicolons and dashes in texts, names and comments end nothing', () => {
  const text = `-- @on candidate
    SELECT 'a;--b', "it''s; -- @on x", \`c;d\` /* ; */ -- a remark; and more
      , 'e\\'; f' # another;
    ;
    SELECT 2 -- 1;
    ;`
  const [step] = parse(text)
  if (step?.kind !== 'statements') throw new Error('there are no statements')
  expect(step.statements.map(({ line }) => line)).toEqual([2, 5])
  expect(step.statements[0]?.text.replaceAll(/\s+/g, ' ')).toBe(
    String.raw`SELECT 'a;--b', "it''s; -- @on x", ${'`c;d`'} , 'e\'; f'`,
  )
  expect(step.statements[1]?.text).toBe('SELECT 2')
})

test.each([
  ['', 'promote.sql:1', 'no statement'],
  ['-- @on candidate\n-- nothing else', 'promote.sql:1', 'no statement'],
  ['STOP SLAVE;', 'promote.sql:1', 'before the first statement'],
  ['-- @on candidat\nSTOP SLAVE;', 'promote.sql:1', '"candidat"'],
  ['\n-- @at candidate\nSTOP SLAVE;', 'promote.sql:2', '-- @at candidate'],
  ['-- @on others\nSTOP SLAVE;\n-- @clients others', 'promote.sql:3', 'candidate, or node-2'],
  ['-- @on candidate\nSTOP SLAVE', 'promote.sql:2', 'ends with ";"'],
  ['-- @on candidate\nSTOP SLAVE\n-- @on others\nSTOP SLAVE;', 'promote.sql:2', 'ends with ";"'],
  ["-- @on candidate\nSELECT 'open;\n", 'promote.sql:2', 'the same quote'],
  ["-- @on candidate\nSELECT '{{password}}';", 'promote.sql:2', '{{replication_password}}'],
  ['-- @on candidate\nDELIMITER //\nSELECT 1//', 'promote.sql:2', 'single statements'],
])('%j is refused with its line and what is wanted', (text, place, wanted) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ path: place }))
  expect(() => parse(text)).toThrow(wanted)
})
