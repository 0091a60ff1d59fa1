import { artifactBench, artifactPlaces } from '../bench/artifact.ts'
import { must } from '../bench/must.ts'
import { mustHold } from '../bench/must-hold.ts'
import { drill } from '../drill.ts'

/** The download of the new release broke off; the checksum file beside it tells. */
export const artifactTruncated = drill({
  id: 'artifact-truncated',
  title: 'only half of the new release was downloaded',
  kinds: ['artifact'],
  async attempt(context) {
    await using bench = await artifactBench(context, { installed: '1.8.0', downloaded: { '1.9.0': 'whole' } })
    const cut = `cd ${artifactPlaces.ARTIFACTS}; truncate -s 100000 module-1.9.0.tar.gz
sha256sum --status -c module-1.9.0.tar.gz.sha256 && echo whole || true`
    const isCut = !(await must(bench.host, cut)).includes('whole')
    mustHold(isCut, 'the module is whole although it was cut', 'Make it larger than what is left of it.')
    await bench.upgrade()
    const away = bench.clients.announced()
    const what = `the download was known to be cut, and ${away} clients were sent away`
    return await bench.judge(bench.before, 'refusal', away > 0 ? [{ kind: 'touched', what }] : [])
  },
})
