import { mutant } from '../../stack/index.ts'

export const inventoryRecordLost = mutant({
  id: 'loadbalancing/inventory-record-lost',
  title: 'A record is dropped from the zone',
  part: 'site',
  file: './inventory/zones/example.org.zone',
  find: 'app-1     A     10.0.0.11\n',
  replace: '',
  kills: 'loadbalancing/inventory-record-missing',
  path: '/',
})
