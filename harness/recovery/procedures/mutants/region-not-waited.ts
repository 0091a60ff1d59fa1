import { mutant } from '../../procedure.ts'

/** What is not waited for may end in error after everybody went home. */
export const regionNotWaited = mutant({
  procedure: {
    id: 'region-not-waited',
    title: 'volumes into another region, nothing waited for',
    kind: 'region',
    script: 'region-checked.sh',
    without: 'waited "$region" "$kind" "$made"',
  },
  drill: 'region-copy-fails',
  rule: 'recovery/outcome-silently-wrong',
})
