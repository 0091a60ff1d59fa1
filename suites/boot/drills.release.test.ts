import { describe } from 'vitest'
import { allBootDrills } from '../../harness/boot/index.ts'
import { test } from '../../harness/vitest/index.ts'

describe.each(await allBootDrills())('$id: $title', ({ id, procedures }) => {
  // An emulated machine boots twice, and may rebuild its initrd in between.
  test.for(procedures)('$id', { timeout: 1_800_000 }, async ({ id: procedure, finds }, { look, expect }) => {
    const [step] = await look({ practice: 'boot', section: { drills: [{ drill: id, procedure }] } })
    expect(step?.unsettled).toBeUndefined()
    if (finds === undefined) expect(step).toMatchObject({ findings: [] })
    else for (const rule of finds) expect([step]).toFind(rule)
  })
})
