import { artifactBench, artifactPlaces } from '../bench/artifact.ts'
import { must } from '../bench/must.ts'
import { mustHold } from '../bench/must-hold.ts'
import { drill } from '../drill.ts'

/** There is no room to keep the old release: the upgrade must not begin. */
export const artifactDiskFull = drill({
  id: 'artifact-disk-full',
  title: 'the disk for backups has no room for the release that is in service',
  kinds: ['artifact'],
  async attempt(context) {
    const [installed, downloaded] = ['1.8.0', { '1.9.0': 'whole' }] as const
    await using bench = await artifactBench(context, { installed, downloaded, backupBytes: 65_536 })
    const { INSTALLED, BACKUPS } = artifactPlaces
    const copied = `cp ${INSTALLED}/module.tar.gz ${BACKUPS}/try && echo fits || true; rm -f ${BACKUPS}/try`
    const isFull = !(await must(bench.host, copied)).includes('fits')
    mustHold(isFull, 'the disk for backups has room for the module', 'Make it smaller, or the module larger.')
    await bench.upgrade()
    const away = bench.clients.announced()
    const what = `there was no room for a copy, and ${away} clients were sent away`
    return await bench.judge(bench.before, 'refusal', away > 0 ? [{ kind: 'touched', what }] : [])
  },
})
