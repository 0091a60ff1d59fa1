/** The door of the practice: what a face may use of it. */
export { faultNames } from './faults.ts'
export type { Outcomes } from './outcomes.ts'
export { calm, outcomesByJob } from './outcomes.ts'
export { pickJobs } from './pick-jobs.ts'
export { provisioningSection } from './section.ts'
