/**
 * Caches under test: any HTTP cache between a client and an origin that are ours.
 *
 *     cases/ --topic--> rules, one a case           origin (fixtures/caches/origin) <--control channel-- script, log
 *                          |                            |
 *     playCases: client --> cache --> origin --> Transcript --judge--> outcome
 *                                                              |
 *                     expected.yaml (known deviations) ----> stepsOf --> steps: only a difference fails
 */
export type { CacheCase, CaseRequest, Wanted } from './case.ts'
export { expectedText, readReasons } from './expected.ts'
export { cachesSection } from './section.ts'
export type { CachesSection } from './section.ts'
export { caches } from './slice.ts'
export { stepsOf } from './steps.ts'
export { surveyTargets } from './survey-targets.ts'
export type { Surveyed } from './survey.ts'
export { topics } from './topics.ts'
