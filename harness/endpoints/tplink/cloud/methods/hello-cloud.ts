import { cloudMethod } from '../cloud-method.ts'

/** What devices say first; answered so that nobody takes the cloud for dead. */
export const helloCloud = cloudMethod({
  name: 'helloCloud',
  paths: [],
  run: () => ({ tcspStatus: 1, tcspInfo: '', illegalType: 0 }),
})
