import { artifactBench, artifactPlaces } from '../bench/artifact.ts'
import { must } from '../bench/must.ts'
import { mustHold } from '../bench/must-hold.ts'
import { drill } from '../drill.ts'

/** The new release does not fit beside the old one: a copy over the old one would leave neither. */
export const artifactNoRoom = drill({
  id: 'artifact-no-room',
  title: 'the disk that the server loads its module from is full',
  kinds: ['artifact'],
  async attempt(context) {
    const [installed, downloaded] = ['1.8.0', { '1.9.0': 'large' }] as const
    await using bench = await artifactBench(context, { installed, downloaded, installedBytes: 2 ** 20 })
    const { INSTALLED } = artifactPlaces
    // Other files of the server take what is left; a page of them goes with every log line.
    await must(bench.host, `head -c 2M /dev/zero >/srv/app/large; cp /srv/app/large ${INSTALLED}/cache || true`)
    const [left = '?'] = (await must(bench.host, `df --output=avail -B1 ${INSTALLED} | tail -n 1`)).split('\n')
    mustHold(left === '0', `${left} bytes are left where modules are installed`, 'Fill the disk before it begins.')
    const before = await bench.look()
    await bench.upgrade()
    const away = bench.clients.announced()
    const what = `there was no room for the new release, and ${away} clients were sent away`
    return await bench.judge(before, 'refusal', away > 0 ? [{ kind: 'touched', what }] : [])
  },
})
