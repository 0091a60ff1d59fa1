import { check, document, rfc, rule } from '../../kernel/index.ts'
import { declarationDrifts, nameDrifts, runningNameDrifts, serverDrifts, unusedPools } from '../inventory/drifts.ts'
import type { InventorySeen } from '../inventory/seen.ts'
import { sketchInventory } from '../inventory/sketch.ts'
import { haproxyManagement, haproxyManual } from '../references.ts'

const bindManual = document(
  'BIND 9, zone statement',
  'https://bind9.readthedocs.io/en/v9.18/reference.html#zone-block-grammar',
)
const generateAnew = 'Change the inventory or the file, so that both say the same, and generate the file anew.'

/** What a difference between the inventory and something else is told with. */
type Evidence = { readonly inventory: string; readonly told: string; readonly is: string }

export const serverMissing = rule({
  id: 'loadbalancing/inventory-server-missing',
  level: 'error',
  reference: haproxyManual('5.2-server'),
  says: ({ server, told, inventory }: Evidence & { server: string }) =>
    `${server} (${told}, ${inventory}) is not among the servers.`,
  wants: 'Every host that the inventory has in a pool is a server of it.',
  remedy: generateAnew,
  inherent: true,
})

export const serverSurplus = rule({
  id: 'loadbalancing/inventory-server-surplus',
  level: 'error',
  reference: haproxyManual('5.2-server'),
  says: ({ server, is, inventory }: Evidence & { server: string }) =>
    `${server} (${is}) is a server, and ${inventory} has no such host in the pool.`,
  wants: 'Every server of a pool is a host that the inventory has in it.',
  remedy: generateAnew,
  inherent: true,
})

export const serverDiffers = rule({
  id: 'loadbalancing/inventory-server-differs',
  level: 'error',
  reference: haproxyManual('5.2-server'),
  says: ({ server, what, told, is, inventory }: Evidence & { server: string; what: string }) =>
    `The ${what} of ${server} is ${is}, and ${inventory} says ${told}.`,
  wants: 'Address, port, weight and backup of a server are those of the inventory.',
  remedy: generateAnew,
  inherent: true,
})

export const poolMissing = rule({
  id: 'loadbalancing/inventory-pool-missing',
  level: 'error',
  reference: haproxyManual('4.1-backend'),
  says: ({ pool, hosts, inventory }: { pool: string; hosts: number; inventory: string }) =>
    `No balancer has a pool ${pool}, in which ${inventory} has ${hosts === 1 ? 'a host' : `${hosts} hosts`}.`,
  wants: 'Every pool of the inventory is a pool of a balancer.',
  remedy: 'Generate the configuration anew; where a group is no pool, name the pools of each balancer: pools.',
  inherent: true,
})

export const recordMissing = rule({
  id: 'loadbalancing/inventory-record-missing',
  level: 'error',
  reference: rfc(1035, '5.1'),
  says: ({ name, told, is, inventory }: Evidence & { name: string }) =>
    `${name} has ${is} in the zone, and ${inventory} says ${told}.`,
  wants: 'Every name and address of the inventory stands in its zone.',
  remedy: generateAnew,
  inherent: true,
})

export const recordSurplus = rule({
  id: 'loadbalancing/inventory-record-surplus',
  level: 'error',
  reference: rfc(1035, '5.1'),
  says: ({ name, told, is, inventory }: Evidence & { name: string }) =>
    `${name} has ${is} in the zone, and ${inventory} has ${told} for it.`,
  wants: 'Every address in a zone is that of a host of the inventory.',
  remedy: `${generateAnew} Names that the inventory need not know stand in others.`,
  inherent: true,
})

export const recordDiffers = rule({
  id: 'loadbalancing/inventory-record-differs',
  level: 'error',
  reference: rfc(1035, '5.1'),
  says: ({ name, told, is, inventory }: Evidence & { name: string }) =>
    `${name} is ${is} in the zone, and ${inventory} says ${told}.`,
  wants: 'A name leads to the addresses of its hosts, and an address back to a name of its host.',
  remedy: generateAnew,
  inherent: true,
})

export const zoneMisdeclared = rule({
  id: 'loadbalancing/inventory-zone-misdeclared',
  level: 'error',
  reference: bindManual,
  says: ({ zone, told, is, namedConf }: { zone: string; told: string; is: string; namedConf: string }) =>
    is === 'nothing'
      ? `${namedConf} does not serve the zone ${zone} (${told}).`
      : `The zone ${zone} is served from ${is}, and ${told} was generated.`,
  wants: 'The name server serves every zone of the inventory, from the file that was generated.',
  remedy: 'Name the zone and its file in named.conf.',
  inherent: true,
})

export const zoneFileMissing = rule({
  id: 'loadbalancing/inventory-zone-file-missing',
  level: 'error',
  reference: bindManual,
  says: ({ zone, file }: { zone: string; file: string }) => `The file ${file} of the zone ${zone} is not there.`,
  wants: 'Every file that named.conf takes a zone from is shipped with it.',
  remedy: 'Generate the file, or take the zone out of named.conf.',
  inherent: true,
})

export const runningServerDiffers = rule({
  id: 'loadbalancing/inventory-running-server-differs',
  level: 'error',
  reference: haproxyManagement('9.3-set server'),
  says: ({ server, what, told, is, inventory }: Evidence & { server: string; what: string }) =>
    `The balancer that runs has ${is} as ${what} of ${server}, and ${inventory} says ${told}.`,
  wants: 'The balancer that runs has the servers of the inventory.',
  remedy: 'Find out who changed it while it ran, or whether it was never reloaded; then load the configuration.',
  inherent: true,
})

export const runningNameDiffers = rule({
  id: 'loadbalancing/inventory-running-name-differs',
  level: 'error',
  reference: rfc(1034, '4.3.2'),
  says: ({ name, told, is, inventory }: Evidence & { name: string }) =>
    `The name server answers ${is} for ${name}, and ${inventory} says ${told}.`,
  wants: 'The name server that runs gives the addresses of the inventory.',
  remedy: 'Find out who changed the zone, or whether its serial number was left; then load the zone.',
  inherent: true,
})

export const unreadable = rule({
  id: 'loadbalancing/inventory-unreadable',
  level: 'error',
  reference: haproxyManual('2.1-configuration file format'),
  says: ({ given, wanted }: { given: string; wanted: string }) => `Given ${given}, wanted ${wanted}.`,
  wants: 'Generated files are such as their programs take.',
  remedy: 'Mend the template: what stands behind such a place may not have been compared.',
  inherent: true,
})

export const uncompared = rule({
  id: 'loadbalancing/inventory-uncompared',
  level: 'warning',
  reference: document(
    'Ansible, building an inventory',
    'https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html',
  ),
  says: ({ what }: { what: string }) => `Not compared: ${what}.`,
  wants: 'Everything that the inventory and the generated files say can be compared.',
  remedy: 'Write an address that is known before anything runs, or accept that nobody looks at it.',
  inherent: true,
})

const ofServers = { missing: serverMissing, surplus: serverSurplus, differs: serverDiffers } as const
const ofRecords = { missing: recordMissing, surplus: recordSurplus, differs: recordDiffers } as const

/** The inventory, the files that are generated from it and what runs say the same. */
export const inventory = check({
  id: 'loadbalancing/inventory',
  rules: [
    ...Object.values(ofServers),
    poolMissing,
    ...Object.values(ofRecords),
    zoneMisdeclared,
    zoneFileMissing,
    runningServerDiffers,
    runningNameDiffers,
    unreadable,
    uncompared,
  ],
  *run(seen: InventorySeen) {
    for (const { file, line, given, wanted } of seen.problems) yield unreadable.at(`${file}:${line}`, { given, wanted })
    for (const { kind, place, ...drift } of serverDrifts(seen, seen.balancers)) yield ofServers[kind].at(place, drift)
    for (const { place, ...pool } of unusedPools(seen)) yield poolMissing.at(place, pool)
    for (const { kind, place, ...drift } of nameDrifts(seen)) yield ofRecords[kind].at(place, drift)
    for (const { kind, zone, place, told, is, namedConf } of declarationDrifts(seen)) {
      if (kind === 'file-missing') yield zoneFileMissing.at(place, { zone, file: told })
      else yield zoneMisdeclared.at(place, { zone, told, is, namedConf })
    }
    for (const { kind: _, place, ...drift } of serverDrifts(seen, seen.running.balancers))
      yield runningServerDiffers.at(`${place} ${drift.server} ${drift.what}`, drift)
    for (const { kind: _, place, ...drift } of runningNameDrifts(seen))
      yield runningNameDiffers.at(`${place} ${drift.name}`, drift)
    for (const { place, what } of seen.uncompared) yield uncompared.at(place, { what })
  },
  examples: [
    { title: 'everything says the same', given: sketchInventory({}), yields: [] },
    {
      title: 'servers that are missing, too many, and others',
      given: sketchInventory({ servers: ['a 10.0.0.1:81 weight 3', 'c 10.0.0.3:80'] }),
      yields: [serverDiffers, serverDiffers, serverMissing, serverSurplus],
    },
    { title: 'a pool that no balancer has', given: sketchInventory({ pool: 'shop' }), yields: [poolMissing] },
    {
      title: 'records that are missing, others and too many',
      given: sketchInventory({ records: ['a A 10.0.0.9', 'c A 10.0.0.3'] }),
      yields: [recordDiffers, recordMissing, recordSurplus],
    },
    { title: 'a zone that is not served', given: sketchInventory({ declared: [] }), yields: [zoneMisdeclared] },
    {
      title: 'a zone whose file is not there',
      given: sketchInventory({ declared: ['example.org', 'example.net'] }),
      yields: [zoneFileMissing],
    },
    {
      title: 'a balancer and a name server that were changed while they ran',
      given: sketchInventory({ runningServers: ['a 10.0.0.9:80', 'b 10.0.0.2:80'], answers: { 'b.example.org': [] } }),
      yields: [runningServerDiffers, runningNameDiffers],
    },
    {
      title: 'a line that HAProxy refuses, and an address that only the environment knows',
      given: sketchInventory({ servers: ['a 10.0.0.1:80', 'b "${HOST_B}:80"', 'c'] }),
      yields: [unreadable, uncompared],
    },
  ],
})
