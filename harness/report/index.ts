/**
 * Reports: every page, line and number is made from the run record, and from nothing else.
 *
 *     run.json --renderReport(name)--> formats/<name>.ts --> a string
 *                                        words.ts   every word for people
 *                                        escape.ts  nothing seen on a wire reaches a terminal as it is
 *                                        group.ts   the same thing in forty places is told once
 */
export type * from './format.ts'
export * from './render.ts'
