import { describe, expect, test } from 'vitest'
import { check, rfc, rule } from '../../harness/kernel/index.ts'
import type { RuleId } from '../../harness/kernel/index.ts'
import { slices } from '../../harness/registry.ts'
import type { Slice } from '../../harness/slice.ts'
import { mutant } from '../../harness/stack/index.ts'
import { registryTroubles } from './registry.ts'

const aRule = (id: RuleId) =>
  rule({ id, level: 'error', reference: rfc(9110), says: () => 'Seen.', wants: 'Else.', remedy: 'Mend it.' })

function aCheck(id: RuleId, ...rules: RuleId[]) {
  return { file: `${id}.ts`, thing: check({ id, rules: rules.map(aRule), *run() {}, examples: [] }) }
}

const aMutant = (id: RuleId, kills: RuleId) => ({
  file: `${id}.ts`,
  thing: mutant({ id, title: 'Drop it', part: 'web', file: '/x', find: 'x', replace: '', kills, path: '/' }),
})

function aSlice(id: string, found: Partial<Record<'checks' | 'mutants', unknown[]>>): Slice {
  // Only what the registry asks of a slice: the rest of it needs a stack.
  return { id, checks: async () => found.checks ?? [], mutants: async () => found.mutants ?? [] } as unknown as Slice
}

describe('the registry', () => {
  test('of this project is in order', async () => {
    expect(await registryTroubles(slices)).toEqual([])
  })

  test.for([
    [
      'two checks of one id',
      [aSlice('a', { checks: [aCheck('a/x', 'a/x-wrong'), aCheck('a/x')] })],
      'check a/x is there twice: in a/x.ts and in a/x.ts',
    ],
    [
      'a rule of two checks',
      [aSlice('a', { checks: [aCheck('a/x', 'a/wrong'), aCheck('a/y', 'a/wrong')] })],
      'rule a/wrong is there twice: in a/x.ts and in a/y.ts',
    ],
    [
      'two slices of one id',
      [aSlice('a', { checks: [aCheck('a/x')] }), aSlice('a', { checks: [aCheck('a/y')] })],
      'slice a is there twice: in harness/registry.ts and in harness/registry.ts',
    ],
    [
      'two mutants of one id',
      [aSlice('a', { checks: [aCheck('a/x', 'a/w')], mutants: [aMutant('a/m', 'a/w'), aMutant('a/m', 'a/w')] })],
      'mutant a/m is there twice: in a/m.ts and in a/m.ts',
    ],
    [
      'a mutant that nothing kills',
      [aSlice('a', { checks: [aCheck('a/x')], mutants: [aMutant('a/m', 'a/w')] })],
      'mutant a/m kills a/w, which no check declares',
    ],
    [
      'an id of another slice',
      [aSlice('a', { checks: [aCheck('b/x')] })],
      'check b/x in b/x.ts does not begin with a/',
    ],
    ['a slice without checks', [aSlice('a', {})], 'slice a has no checks'],
    ['no slice at all', [], 'the registry lists no slice'],
  ] as const)('with %s is told', async ([, all, trouble]) => {
    expect(await registryTroubles(all)).toEqual([trouble])
  })
})
