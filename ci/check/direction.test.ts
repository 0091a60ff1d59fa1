import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('direction.mjs', import.meta.url))

/** Holds a tree of files to the rules, and returns the exit code and the broken rules with the file that breaks each. */
async function look(
  files: Record<string, string>,
): Promise<{ exitCode: number | undefined; broken: string[]; stdout: string }> {
  const root = mkdtempSync(join(tmpdir(), 'seatrial-direction-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { exitCode, stdout } = await execa(process.execPath, [program, root], { reject: false })
    const rules = [...stdout.matchAll(/error ([a-z-]+): (\S+)/g)].map(([, rule, file]) => `${rule} ${file}`)
    return { exitCode, broken: rules.toSorted(), stdout }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

// A tree in order: a few imports downwards, one by type only, one behind `await using`.
const inOrder = {
  'harness/kernel/a.ts': `import { b } from './b.ts'\nimport { setTimeout } from 'node:timers/promises'\nexport const a = [b, setTimeout]`,
  'harness/kernel/b.ts': `import type { a } from './a.ts'\nexport const b: typeof a = []`,
  'harness/wire/w.ts': `import { a } from '../kernel/a.ts'\nexport async function w() { await using x = a; return x }`,
  'harness/http/slice.ts': `import { w } from '../wire/w.ts'\nimport { a } from '../kernel/a.ts'\nexport const http = [w, a]`,
  'harness/registry.ts': `import { http } from './http/slice.ts'\nexport const slices = [http]`,
  'harness/cli/main.ts': `import { slices } from '../registry.ts'\nimport { a } from '../kernel/a.ts'\nexport const all = [slices, a]`,
}

test('a tree in order passes, and every file and import of it is counted', async () => {
  const { exitCode, stdout } = await look(inOrder)
  expect(stdout).toBe('6 files, 9 imports')
  expect(exitCode).toBe(0)
})

const broken = [
  ['kernel-is-pure', 'harness/kernel/reads-files.ts', `import { readFileSync } from 'node:fs'`],
  ['kernel-is-pure', 'harness/kernel/knows-wire.ts', `import type { w } from '../wire/w.ts'`],
  ['wire-knows-only-what-is-below', 'harness/wire/knows-http.ts', `import type { http } from '../http/slice.ts'`],
  ['slices-do-not-know-each-other', 'harness/boot/knows-http.ts', `import { http } from '../http/slice.ts'`],
  ['slices-do-not-know-what-is-above', 'harness/http/knows-cli.ts', `import { all } from '../cli/main.ts'`],
  ['faces-are-leaves', 'harness/wire/knows-cli.ts', `import { all } from '../cli/main.ts'`],
  ['registry-is-for-faces', 'harness/trial/knows-slices.ts', `import { slices } from '../registry.ts'`],
  ['no-value-cycles', 'harness/wire/round.ts', `import { trip } from './trip.ts'; export const round = trip`],
  ['discovered-files-are-not-named', 'harness/http/names-field.ts', `import { e } from './fields/e.ts'`],
  ['tests-are-not-imported', 'harness/wire/runs-test.ts', `import './f.test.ts'`],
  ['fixtures-do-not-import-faces', 'fixtures/knows-cli.ts', `import { all } from '../harness/cli/main.ts'`],
  ['bootstrap-needs-nothing', 'ci/bootstrap/knows-kernel.mjs', `import { a } from '../../harness/kernel/a.ts'`],
  ['imports-resolve', 'harness/wire/asks-nobody.ts', `import { gone } from './gone.ts'`],
] as const

describe('a tree out of order', async () => {
  const found = await look({
    ...inOrder,
    'harness/wire/trip.ts': `import { round } from './round.ts'; export const trip = () => round`,
    'harness/wire/f.test.ts': 'export {}',
    'harness/http/fields/e.ts': `import { a } from '../../kernel/a.ts'; export const e = a`,
    ...Object.fromEntries(broken.map(([, file, text]) => [file, text])),
  })

  test('fails', () => expect(found.exitCode).toBe(1))

  test.for(broken)('breaks %s in %s, which says %s', ([rule, file]) => {
    expect(found.broken).toContain(`${rule} ${file}`)
  })

  test('is not accused where it is in order', () => {
    const accused = new Set(found.broken.map((each) => each.split(' ')[1]))
    expect(Object.keys(inOrder).filter((file) => accused.has(file))).toEqual([])
  })
})

test('files whose imports nobody saw fail: a tool that sees nothing finds nothing', async () => {
  const { exitCode, stdout } = await look({ 'harness/kernel/a.ts': 'export const a = 1' })
  expect(stdout).toContain('only 0 imports seen in 1 files')
  expect(exitCode).toBe(1)
})
