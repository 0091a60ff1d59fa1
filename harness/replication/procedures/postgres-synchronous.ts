import { synchronousProcedure } from '../engines/postgres-promotion.ts'

/**
 * The primary acknowledges nothing that is not on one standby at least, and that standby is found by what each has
 * received. All of them leave the old primary first: one that lives on unseen can then acknowledge nothing more.
 */
export const postgresSynchronous = synchronousProcedure({
  id: 'postgres-synchronous',
  title: 'synchronous with any one standby, the most advanced is promoted once it has replayed',
})
