import { mutant } from '../../procedure.ts'

/** What was copied until it was killed gets its name as if it were whole. */
export const pgBasebackupExitCodeLost = mutant({
  procedure: {
    id: 'pg-basebackup-exit-code-lost',
    title: 'pg-basebackup-pitr that goes on after errors',
    kind: 'postgres',
    script: 'pg-basebackup-pitr.sh',
    without: 'set -euo pipefail',
  },
  drill: 'database-dump-killed',
  rule: 'recovery/trap-database-exit-code-lost',
})
