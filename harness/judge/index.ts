/**
 * The judge weighs what a run found. Pure but for reading and writing its files.
 *
 *     steps --(accept-list, baseline, budgets)--> blocking findings --> outcomes --> verdict, exit code
 */
export * from './accept.ts'
export * from './baseline.ts'
export * from './complete.ts'
export * from './diagnosis/index.ts'
export * from './gate.ts'
export * from './merge.ts'
