import { describe, expect, test } from 'vitest'
import { UsageError } from '../kernel/index.ts'
import type { Asked } from './choose.ts'
import { choose } from './choose.ts'
import { allDrills, allProcedures } from './find.ts'

const all = { drills: await allDrills(), procedures: await allProcedures() }
const chosen = (asked: Asked): [string, string[]] => {
  const { procedure, drills } = choose(asked, all)
  return [procedure.id, drills.map(({ id }) => id)]
}

describe('what a drill is run with', () => {
  test.for([
    [{ drills: ['kill'] }, 'semi-sync'],
    [{ drills: ['kill'], engine: 'postgres' }, 'postgres-synchronous'],
    [{ drills: ['kill'], procedure: 'postgres-asynchronous' }, 'postgres-asynchronous'],
    [{ drills: ['pg-rewind'] }, 'postgres-synchronous'],
    [{ drills: ['kill', 'pg-rewind'] }, 'postgres-synchronous'],
  ] as const satisfies [Asked, string][])('%j is tried with %s', ([asked, procedure]) => {
    expect(chosen(asked)).toEqual([procedure, asked.drills])
  })

  test('without names every drill of the engine is run, and none of another', () => {
    const [, drills] = chosen({ drills: [], engine: 'mariadb' })
    expect(drills).toContain('links-cut')
    expect(drills).not.toContain('pg-rewind')
    expect(chosen({ drills: [], engine: 'postgres' })[1]).toContain('pg-rewind')
  })

  test.for([
    [{ drills: ['kill'], engine: 'postgres', procedure: 'semi-sync' }, 'semi-sync is one of mariadb'],
    [{ drills: ['pg-rewind'], engine: 'mariadb' }, 'pg-rewind runs on postgres alone'],
    [{ drills: ['pg-rewind'], procedure: 'semi-sync' }, 'pg-rewind runs on postgres alone'],
    [{ drills: ['pg-rewnd'] }, 'Did you mean pg-rewind?'],
    [{ drills: [], procedure: 'postgres-synchronus' }, 'Did you mean postgres-synchronous?'],
  ] as const satisfies [Asked, string][])('%j is refused: %s', ([asked, mend]) => {
    const refused = (): unknown => {
      try {
        return choose(asked, all)
      } catch (error) {
        return error
      }
    }
    expect(refused()).toBeInstanceOf(UsageError)
    expect(refused()).toHaveProperty('mend', expect.stringContaining(mend))
  })
})
