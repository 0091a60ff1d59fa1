/**
 * One plan from start to verdict, and the proof that the checks can fail.
 *
 *     config --prepareTrial--> TrialPlan --runTrial--> stack up, practices look, stack down --> RunRecord, reports
 *                                                      prove: each mutant in, look, out
 */
export * from './against.ts'
export * from './look.ts'
export * from './prepare.ts'
export * from './prove.ts'
export * from './recording.ts'
export * from './run-trial.ts'
