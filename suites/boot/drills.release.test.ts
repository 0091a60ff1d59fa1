import { describe } from 'vitest'
import { allBootDrills } from '../../harness/boot/index.ts'
import { test } from '../../harness/vitest/index.ts'

describe.each(await allBootDrills())('$id: $title', ({ id, procedures }) => {
  // An emulated machine boots twice, and may rebuild its initrd in between.
  test.for(procedures)('$id', { timeout: 1_800_000 }, async ({ id: procedure, finds }, { look, expect }) => {
    const [step] = await look({ practice: 'boot', section: { drills: [{ drill: id, procedure }] } })
    if (finds !== undefined) {
      // A host that is not up after its boot can be asked nothing more: most checks could not look, and say so.
      for (const rule of finds) expect([step]).toFind(rule)
      return
    }
    expect(step?.unsettled).toBeUndefined()
    expect(step).toMatchObject({ findings: [] })
  })
})
