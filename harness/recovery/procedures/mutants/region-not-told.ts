import { mutant } from '../../procedure.ts'

/** The last volume decides the exit code. */
export const regionNotTold = mutant({
  procedure: {
    id: 'region-not-told',
    title: 'volumes into another region, failures of single volumes not told at the end',
    kind: 'region',
    script: 'region-checked.sh',
    without: '[ -z "$failed" ] ||',
  },
  drill: 'region-copies-refused',
  rule: 'recovery/outcome-silently-wrong',
})
