import { mutant } from '../../procedure.ts'

/** Each database is of another moment: transactions over two of them come back by half. */
export const mysqldumpTorn = mutant({
  procedure: {
    id: 'mysqldump-torn',
    title: 'mysqldump-checked that locks one database after the other',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: '--single-transaction',
  },
  drill: 'database-restored',
  rule: 'recovery/trap-database-torn',
})
