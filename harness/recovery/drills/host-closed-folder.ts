import { hostBench } from '../bench/host.ts'
import { must } from '../bench/must.ts'
import { drill } from '../drill.ts'

/** A hardened image: the folder above the application's is root's alone, and the server cannot read what it serves. */
export const hostClosedFolder = drill({
  id: 'host-closed-folder',
  title: 'the server runs and may not read what it is to serve',
  kinds: ['host'],
  async attempt(context) {
    await using bench = await hostBench(context)
    // 711 would let the server through by name; apt's own user needs the mirror below it.
    await must(bench.host, 'mv /srv/mirror /var/mirror; ln -s /var/mirror /srv/mirror')
    await must(bench.host, `sed -i s,/srv/mirror,/var/mirror, /etc/apt/sources.list; chmod 700 /srv`)
    await bench.build()
    return await bench.judge('refusal')
  },
})
