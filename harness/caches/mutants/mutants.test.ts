import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import deployment from '../../../fixtures/caches/seatrial.config.ts'
import { discover } from '../../discover.ts'
import { changed } from '../../stack/apply-mutant.ts'
import { isMutant } from '../../stack/index.ts'
import { readExpected } from '../expected.ts'
import { topics } from '../topics.ts'

const mutants = await discover(new URL('./', import.meta.url), isMutant)
const cases = (await topics()).flatMap(({ thing }) => thing.cases.map(({ id }) => id))
const fixtures = new URL('../../../fixtures/caches/', import.meta.url)

test('there are at least twenty mutants of caches, one a file', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20)
  expect(new Set(mutants.map(({ file }) => file)).size).toBe(mutants.length)
})

describe.for(mutants.map(({ file, thing }) => ({ id: thing.id, file, mutant: thing })))(
  '$id',
  ({ id, file, mutant }) => {
    test('is named as its file, and begins with the part that it changes', () => {
      expect(id).toBe(`caches/${basename(file).replace(/\.[jt]s$/, '')}`)
      expect(id).toMatch(new RegExp(`^caches/${mutant.part}-`))
    })

    test('changes exactly one place of a file of the deployment', async () => {
      const parts: Readonly<Record<string, { readonly files?: Readonly<Record<string, string>> }>> = deployment.stack
      const source = parts[mutant.part]?.files?.[mutant.file]
      expect(source, `${mutant.part} has a file ${mutant.file}`).toBeTypeOf('string')
      const text = await readFile(new URL(String(source), fixtures), 'utf8')
      expect(changed(mutant, text)).not.toBe(text)
    })

    test('is killed by a case that is there, and that the product passes', async () => {
      expect(cases).toContain(mutant.kills)
      const path = new URL(`./${mutant.part}/expected.yaml`, fixtures)
      const known = await readExpected(path.pathname, cases)
      expect([...known.keys()]).not.toContain(mutant.kills)
    })
  },
)
