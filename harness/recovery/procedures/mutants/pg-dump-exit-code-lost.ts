import { mutant } from '../../procedure.ts'

/** What was dumped until it was killed gets its name as if it were whole. */
export const pgDumpExitCodeLost = mutant({
  procedure: {
    id: 'pg-dump-exit-code-lost',
    title: 'pg-dump-checked that goes on after errors',
    kind: 'postgres',
    script: 'pg-dump-checked.sh',
    without: 'set -euo pipefail',
  },
  drill: 'database-dump-killed',
  rule: 'recovery/trap-database-exit-code-lost',
})
