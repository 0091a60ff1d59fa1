import { mutant } from '../../procedure.ts'

/** Accounts are in no database of the application. */
export const mysqldumpWithoutAccounts = mutant({
  procedure: {
    id: 'mysqldump-without-accounts',
    title: 'mysqldump-checked that does not bring the accounts back',
    kind: 'mariadb',
    script: 'mysqldump-checked.sh',
    without: '<accounts.sql',
  },
  drill: 'database-restored',
  rule: 'recovery/trap-database-accounts-forgotten',
})
