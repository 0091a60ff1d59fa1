/**
 * The kernel: what a check is and what a verdict is. Pure: no I/O, no domain, no test runner.
 *
 *     rule  --at(place, evidence)-->  finding
 *     check --run(observation)----->  findings        probe = gather + check
 *     outcome of a step: failed > unsettled > passed > skipped
 *     verdict of a run:  the worst outcome            exit code 0, 1, 2; 3 for a wrong question
 */
export * from './asked.ts'
export * from './begin-step.ts'
export * from './check.ts'
export * from './clock.ts'
export * from './errors.ts'
export * from './finding.ts'
export type * from './json.ts'
export * from './level.ts'
export * from './nearest.ts'
export * from './outcome.ts'
export * from './probe.ts'
export * from './random.ts'
export * from './reference.ts'
export * from './rule.ts'
export * from './shell-word.ts'
export * from './side-by-side.ts'
export type * from './step.ts'
export * from './things.ts'
export * from './timeline.ts'
export * from './unsettled-by.ts'
export * from './verdict.ts'
export * from './wait.ts'
