import { synchronousProcedure } from '../engines/postgres-promotion.ts'

/** The safe promotion, of the standby whose last commit is the least while ago by its own clock. */
export const postgresLeastLag = synchronousProcedure({
  id: 'postgres-least-lag',
  title: 'as postgres-synchronous, and the standby with the least lag by its clock is promoted',
  without: ['by-position'],
})
