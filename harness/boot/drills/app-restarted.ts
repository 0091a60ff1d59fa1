import { bootDrill } from '../drill.ts'
import { nextInstance, stateProcedures } from '../instances/app-service.ts'

/** An application service restarts by starting a new instance: all that is not in the home is gone. */
export const appRestarted = bootDrill({
  id: 'app-restarted',
  title: 'an instance of an application is replaced by a new one with the same home',
  on: 'container',
  procedures: stateProcedures,
  attempt: (context) => nextInstance(context, { beside: false }),
})
