import { bootDrill } from '../drill.ts'
import { nextInstance, stateProcedures } from '../instances/app-service.ts'

/** Scale-out keeps the one and not the other: instances share their home, and each has temporary storage of its own. */
export const appScaledOut = bootDrill({
  id: 'app-scaled-out',
  title: 'a second instance of an application comes beside the first, with the same home',
  on: 'container',
  procedures: stateProcedures,
  attempt: (context) => nextInstance(context, { beside: true }),
})
