import { procedure } from '../procedure.ts'

export const regionChecked = procedure({
  id: 'region-checked',
  title: 'volumes into another region, every copy waited for, broken runs taken up again',
  kind: 'region',
  script: 'region-checked.sh',
})
