/** Input from people, parsed at the edge: every problem names its place, what was given and what is wanted. */
export * from './problems.ts'
export * from './named.ts'
export * from './read-data.ts'
export * from './read-script.ts'
export * from './size.ts'
