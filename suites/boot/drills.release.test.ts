import { describe } from 'vitest'
import { allBootDrills } from '../../harness/boot/index.ts'
import { test } from '../../harness/vitest/index.ts'

describe.each(await allBootDrills())('$id: $title', ({ id, procedures }) => {
  test.for(procedures)('$id', async ({ id: procedure, finds }, { look, expect }) => {
    const [step] = await look({ practice: 'boot', section: { drills: [{ drill: id, procedure }] } })
    expect(step?.unsettled).toBeUndefined()
    if (finds === undefined) expect(step).toMatchObject({ findings: [] })
    else for (const rule of finds) expect([step]).toFind(rule)
  })
})
