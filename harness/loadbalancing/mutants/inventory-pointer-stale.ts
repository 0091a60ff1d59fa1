import { mutant } from '../../stack/index.ts'

export const inventoryPointerStale = mutant({
  id: 'loadbalancing/inventory-pointer-stale',
  title: 'An address leads back to the name of a host that had it before',
  part: 'site',
  file: './inventory/zones/0.0.10.in-addr.arpa.zone',
  find: '21 PTR blog-1.example.org.',
  replace: '21 PTR old-blog.example.org.',
  kills: 'loadbalancing/inventory-record-differs',
  path: '/',
})
