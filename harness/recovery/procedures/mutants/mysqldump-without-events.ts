import { mutant } from '../../procedure.ts'

/** Events are only dumped when asked for. */
export const mysqldumpWithoutEvents = mutant({
  procedure: {
    id: 'mysqldump-without-events',
    title: 'mysqldump-checked that leaves events out',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: '--events',
  },
  drill: 'database-restored',
  rule: 'recovery/trap-database-code-forgotten',
})
