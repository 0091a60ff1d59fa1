import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AnyRule } from './kernel/index.ts'
import { slices } from './registry.ts'

/** What every check of every practice owes, whoever writes it. */

const found = await Promise.all(slices.map(async (slice) => ({ slice, checks: await slice.checks() })))

for (const { slice, checks } of found) {
  describe(`the slice ${slice.id}`, () => {
    test('has a title and at least one check', () => {
      expect(slice.title).not.toBe('')
      expect(checks.length).toBeGreaterThan(0)
    })

    test('gives every check and every rule an id of its own', () => {
      const ids = [
        ...checks.map(({ thing }) => thing.id),
        ...checks.flatMap(({ thing }) => rulesOf(thing).map((rule) => rule.id)),
      ]
      expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    })

    describe.each(checks.map(({ file, thing }) => ({ id: thing.id, file, thing })))('$id', ({ file, thing }) => {
      test('is named after its file, and its rules after it', () => {
        // A file that holds a family gives it its name: http/expected-caching-vary stands in caching.ts.
        const name = basename(file).replace(/\.[jt]s$/, '')
        expect(thing.id).toMatch(new RegExp(`^${slice.id}/(?:${name}|expected-${name}-[a-z0-9-]+)$`))
        for (const rule of rulesOf(thing))
          expect(rule.id, dirname(file)).toMatch(new RegExp(`^${thing.id}-[a-z0-9-]+$`))
      })

      test('shows every rule in an example, and at least one example that yields nothing', () => {
        const shown = new Set(thing.examples.flatMap((example) => example.yields.map((rule) => rule.id)))
        expect(
          rulesOf(thing)
            .filter((rule) => !shown.has(rule.id))
            .map((rule) => rule.id),
        ).toEqual([])
        expect(thing.examples.some((example) => example.yields.length === 0)).toBe(true)
      })

      test('tells what is wanted, what to do, and where it is written', () => {
        for (const { id, wants, remedy, reference } of rulesOf(thing)) {
          for (const text of [wants, remedy]) expect(text, id).toMatch(/^\S.{8,}[.!?]$/s)
          expect(reference.title, id).not.toBe('')
          expect(reference.url, id).toMatch(/^https:\/\//)
        }
      })
    })
  })
}

function rulesOf(check: { readonly rules: readonly AnyRule[] }): readonly AnyRule[] {
  return check.rules
}
