import { mutant } from '../../procedure.ts'

/** What was dumped until it was killed gets its name as if it were whole. */
export const mysqldumpExitCodeLost = mutant({
  procedure: {
    id: 'mysqldump-exit-code-lost',
    title: 'mysqldump-checked that goes on after errors',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: 'set -euo pipefail',
  },
  drill: 'database-dump-killed',
  rule: 'recovery/trap-database-exit-code-lost',
})
