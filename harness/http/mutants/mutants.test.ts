import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { discover } from '../../discover.ts'
import type { AnyRule } from '../../kernel/index.ts'
import { changed } from '../../stack/apply-mutant.ts'
import type { Mutant } from '../../stack/index.ts'
import { isMutant } from '../../stack/index.ts'
import reference from '../../../fixtures/reference/seatrial.config.ts'

const hasRules = (value: unknown): value is { readonly rules: readonly AnyRule[] } =>
  typeof value === 'object' && value !== null && 'rules' in value && 'run' in value

const mutants = await discover(new URL('./', import.meta.url), isMutant)
const folders = ['../fields/', '../semantics/', '../active/']
const checks = await Promise.all(folders.map((folder) => discover(new URL(folder, import.meta.url), hasRules)))
const rules = new Set(checks.flat().flatMap(({ thing }) => thing.rules.map(({ id }) => id)))

async function fixtureFile({ part, file }: Mutant): Promise<string> {
  const parts: Readonly<Record<string, { readonly files?: Readonly<Record<string, unknown>> }>> = reference.stack
  const source = parts[part]?.files?.[file]
  expect(source, `${part} of the reference deployment has a file ${file}`).toBeTypeOf('string')
  return readFile(new URL(String(source), new URL('../../../fixtures/reference/', import.meta.url)), 'utf8')
}

test('there are at least twenty HTTP mutants, one a file', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20)
  expect(new Set(mutants.map(({ file }) => file)).size).toBe(mutants.length)
})

describe.for(mutants.map(({ file, thing }) => ({ id: thing.id, file, mutant: thing })))(
  '$id',
  ({ id, file, mutant }) => {
    test('is named as its file', () => {
      expect(id).toBe(`http/${basename(file).replace(/\.[jt]s$/, '')}`)
    })

    test('changes exactly one place of a file of the reference deployment', async () => {
      const text = await fixtureFile(mutant)
      expect(changed(mutant, text)).not.toBe(text)
    })

    test('names a rule that exists', () => {
      expect([...rules].toSorted()).toContain(mutant.kills)
    })

    test('names a page that the reference deployment is asked for', () => {
      const pages = reference.http.targets.map(({ in: part, port, path }) => `${part}:${port ?? ''}${path}`)
      expect(pages).toContain(`${mutant.in}:${mutant.port ?? ''}${mutant.path}`)
    })
  },
)
