import { describe } from 'vitest'
import { lookAtFiles, openRoot } from '../../harness/boot/index.ts'
import { referenceDeclared, referenceFolder } from '../../harness/boot/machine/reference-host.ts'
import { allMutations } from '../../harness/boot/mutation.ts'
import { systemClock } from '../../harness/kernel/index.ts'
import type { StepReport } from '../../harness/kernel/index.ts'
import { buildImage, openRun, startContainer } from '../../harness/substrate/index.ts'
import { expect, test } from '../../harness/vitest/index.ts'

/** The files of the reference host: what its preparation writes where there are no disks. */
const files = `
echo machine >/etc/hostname 2>/dev/null || true
echo 'ARRAY /dev/md0 metadata=1.2 name=machine:0 UUID=5f1c2d3e:00000000:aaaaaaaa:bbbbbbbb' >>/etc/mdadm/mdadm.conf
echo '/dev/md0 /opt ext4 defaults 0 2' >>/etc/fstab
`

async function filesAfter(script: string): Promise<StepReport> {
  await using run = await openRun()
  const image = await buildImage(referenceFolder)
  await using host = await startContainer({ name: 'host', image, command: ['sleep', 'infinity'] }, run)
  const { exitCode, stderr } = await host.exec(['sh', '-ec', `${files}\n${script}`])
  if (exitCode !== 0) throw new Error(stderr)
  const name = `container:${host.id}`
  const declared = { ...referenceDeclared, data: [], hostname: undefined }
  return await lookAtFiles(() => openRoot(name, '/'), { name, declared, only: [], replay: name, clock: systemClock })
}

const shown = (await allMutations()).filter(({ inFiles }) => inFiles.length > 0)

describe('the files of a host, before any boot', () => {
  test.for(shown)('$id: $title', async ({ script, inFiles }) => {
    const step = await filesAfter(script)
    for (const rule of inFiles) expect([step]).toFind(rule)
  })

  test('raise no alarm as they are', async () => {
    expect([await filesAfter('true')]).toHaveNoFindings()
  })
})
