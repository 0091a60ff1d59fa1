import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { test } from '../../harness/vitest/index.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatrial-power-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const timeout = 900_000

// That each procedure of each drill is found right or wrong is asked of all drills together: drills.release.test.ts.
describe('a power cut', () => {
  test('of a host on which nothing writes shows nothing, and is not passed', { timeout }, async ({ look, expect }) => {
    const script = join(folder, 'idle.sh')
    await writeFile(script, '#!/bin/sh\nmkdir -p /srv/ledger\n')
    const [step] = await look({ practice: 'boot', section: { drills: [{ drill: 'power-cut', script }] } })
    expect(step?.unsettled).toMatchObject({ because: 'setup', why: expect.stringContaining('shows nothing') })
    expect(step?.findings).toEqual([])
  })

  test(
    'of the boot that recovers is told as what it was, between the first cut and the boot that ends well',
    {
      timeout,
    },
    async ({ look, expect }) => {
      const [step] = await look({ practice: 'boot', section: { drills: [{ drill: 'power-recovery' }] } })
      expect(step).toMatchObject({ findings: [] })
      expect(step?.looked).toContain('boot/writes-live')
      expect(step?.timeline?.marks.map(({ what, kind }) => `${kind}: ${what}`)).toEqual([
        expect.stringMatching(/^fault: power cut while it writes, \d{2,} records acknowledged$/),
        expect.stringMatching(/^fault: .*while the root recovers its journal$/),
        expect.stringMatching(/^fault: .*while the disk of the records is checked$/),
        'recovery: boot ended: running',
      ])
    },
  )
})
