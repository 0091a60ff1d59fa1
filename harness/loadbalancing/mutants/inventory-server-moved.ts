import { mutant } from '../../stack/index.ts'

export const inventoryServerMoved = mutant({
  id: 'loadbalancing/inventory-server-moved',
  title: 'A server has a new address in the configuration, and the inventory does not know',
  part: 'site',
  file: './inventory/haproxy.cfg',
  find: 'app-2 10.0.0.12:8080',
  replace: 'app-2 10.0.0.13:8080',
  kills: 'loadbalancing/inventory-server-differs',
  path: '/',
})
