import { procedure } from '../procedure.ts'

export const regionInAHurry = procedure({
  id: 'region-in-a-hurry',
  title: 'volumes into another region, nothing waited for and nothing looked at',
  kind: 'region',
  script: 'region-in-a-hurry.sh',
})
